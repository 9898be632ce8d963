#pragma once

#include <sys/types.h>

struct iovec
{
    void *iov_base;
    size_t iov_len;
};

ssize_t preadv(int file, const struct iovec *to, int count, off_t offset);
ssize_t pwritev(int file, const struct iovec *from, int count, off_t offset);
