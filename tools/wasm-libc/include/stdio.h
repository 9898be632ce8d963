#pragma once

#include <stdarg.h>
#include <stddef.h>

typedef struct FILE FILE;

extern FILE *stdin;
extern FILE *stdout;
extern FILE *stderr;

#define EOF (-1)

void clearerr(FILE *stream);
int ferror(FILE *stream);
int fflush(FILE *stream);
int fprintf(FILE *stream, const char *format, ...) __attribute__((format(printf, 2, 3)));
size_t fread(void *to, size_t size, size_t count, FILE *stream);
size_t fwrite(const void *from, size_t size, size_t count, FILE *stream);
int getc(FILE *stream);
int printf(const char *format, ...) __attribute__((format(printf, 1, 2)));
int snprintf(char *to, size_t size, const char *format, ...) __attribute__((format(printf, 3, 4)));
int sscanf(const char *from, const char *format, ...);
int vsnprintf(char *to, size_t size, const char *format, va_list args);
