#pragma once

typedef struct DIR DIR;
