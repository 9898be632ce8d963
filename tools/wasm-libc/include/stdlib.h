#pragma once

#include <stddef.h>

_Noreturn void abort(void);
int abs(int n);
_Noreturn void exit(int status);
void free(void *block);
long long llabs(long long n);
void *malloc(size_t size);
void qsort(void *base, size_t count, size_t size, int (*compare)(const void *, const void *));
void *realloc(void *block, size_t size);
unsigned long strtoul(const char *from, char **end, int base);
