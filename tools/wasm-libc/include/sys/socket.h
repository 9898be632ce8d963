#pragma once

typedef unsigned socklen_t;

struct sockaddr_storage
{
    char address[128];
};
