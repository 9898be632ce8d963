#pragma once

#include <stddef.h>

void *memchr(const void *block, int byte, size_t size);
int memcmp(const void *a, const void *b, size_t size);
void *memcpy(void *restrict to, const void *restrict from, size_t size);
void *memmove(void *to, const void *from, size_t size);
void *memset(void *block, int byte, size_t size);
char *strcat(char *restrict to, const char *restrict from);
char *strchr(const char *s, int c);
int strcmp(const char *a, const char *b);
char *strcpy(char *restrict to, const char *restrict from);
char *strdup(const char *s);
int strerror_r(int number, char *to, size_t size);
size_t strlcat(char *to, const char *from, size_t size);
size_t strlcpy(char *to, const char *from, size_t size);
size_t strlen(const char *s);
int strncmp(const char *a, const char *b, size_t size);
char *strncpy(char *restrict to, const char *restrict from, size_t size);
size_t strnlen(const char *s, size_t size);
char *strrchr(const char *s, int c);
char *strsep(char **s, const char *delimiters);
size_t strspn(const char *s, const char *accept);
char *strstr(const char *s, const char *part);
