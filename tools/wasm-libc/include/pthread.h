/* One thread. What it keeps to be freed at its end is never freed: the memory ends with the page. */
#pragma once

typedef int pthread_key_t;

static inline int
pthread_key_create(pthread_key_t *key, void (*at_exit)(void *))
{
    (void) at_exit;
    *key = 0;
    return 0;
}

static inline int
pthread_setspecific(pthread_key_t key, const void *value)
{
    (void) key;
    (void) value;
    return 0;
}
