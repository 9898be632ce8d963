#pragma once

#include <sys/types.h>

pid_t getpid(void);
ssize_t pread(int file, void *to, size_t size, off_t offset);
ssize_t pwrite(int file, const void *from, size_t size, off_t offset);
