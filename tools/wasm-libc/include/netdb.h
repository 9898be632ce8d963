#pragma once

/* For the size of an array; there is no network. */
#define NI_MAXHOST 1025
