#pragma once

typedef int sig_atomic_t;
typedef unsigned long sigset_t;
