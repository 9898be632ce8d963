#pragma once

typedef struct locale *locale_t;
