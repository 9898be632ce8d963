/* Included, but nothing of it is used. */
