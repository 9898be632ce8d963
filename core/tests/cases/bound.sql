-- What PostgreSQL does with these statements; see ../simulate.rs for the form.

---- list overlaps
CREATE TABLE area (code text) PARTITION BY LIST (code);
CREATE TABLE area_n PARTITION OF area FOR VALUES IN ('n', NULL);
CREATE TABLE area_x PARTITION OF area FOR VALUES IN ('n');
-- = error 42P17

---- list overlaps null
CREATE TABLE area (code text) PARTITION BY LIST (code);
CREATE TABLE area_n PARTITION OF area FOR VALUES IN ('n', NULL);
CREATE TABLE area_x PARTITION OF area FOR VALUES IN (NULL);
-- = error 42P17

---- list apart
CREATE TABLE area (code text) PARTITION BY LIST (code);
CREATE TABLE area_n PARTITION OF area FOR VALUES IN ('n', NULL);
CREATE TABLE area_x PARTITION OF area FOR VALUES IN ('s');
-- = lock public.area ACCESS EXCLUSIVE

---- list of a range
CREATE TABLE area (code text) PARTITION BY LIST (code);
CREATE TABLE area_n PARTITION OF area FOR VALUES IN ('n', NULL);
CREATE TABLE area_x PARTITION OF area FOR VALUES FROM ('a') TO ('b');
-- = error 42P16

---- list by column
CREATE TABLE area (code text) PARTITION BY LIST (code);
CREATE TABLE area_n PARTITION OF area FOR VALUES IN ('n', NULL);
CREATE TABLE area_x PARTITION OF area FOR VALUES IN (code);
-- = error 0A000

---- list by subquery
CREATE TABLE area (code text) PARTITION BY LIST (code);
CREATE TABLE area_n PARTITION OF area FOR VALUES IN ('n', NULL);
CREATE TABLE area_x PARTITION OF area FOR VALUES IN ((SELECT 'a'));
-- = error 0A000

---- list by aggregate
CREATE TABLE area (code text) PARTITION BY LIST (code);
CREATE TABLE area_n PARTITION OF area FOR VALUES IN ('n', NULL);
CREATE TABLE area_x PARTITION OF area FOR VALUES IN (max('a'));
-- = error 42803

---- range overlaps
CREATE TABLE span (at date) PARTITION BY RANGE (at);
CREATE TABLE span_1 PARTITION OF span FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE span_x PARTITION OF span FOR VALUES FROM ('2024-06-01') TO ('2026-01-01');
-- = error 42P17

---- range touches
CREATE TABLE span (at date) PARTITION BY RANGE (at);
CREATE TABLE span_1 PARTITION OF span FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE span_x PARTITION OF span FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
-- = lock public.span ACCESS EXCLUSIVE

---- range empty
CREATE TABLE span (at date) PARTITION BY RANGE (at);
CREATE TABLE span_1 PARTITION OF span FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE span_x PARTITION OF span FOR VALUES FROM ('2026-01-01') TO ('2025-01-01');
-- = error 42P17

---- range of no width
CREATE TABLE span (at date) PARTITION BY RANGE (at);
CREATE TABLE span_1 PARTITION OF span FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE span_x PARTITION OF span FOR VALUES FROM ('2026-01-01') TO ('2026-01-01');
-- = error 42P17

---- range from minvalue overlaps
CREATE TABLE span (at date) PARTITION BY RANGE (at);
CREATE TABLE span_1 PARTITION OF span FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE span_x PARTITION OF span FOR VALUES FROM (MINVALUE) TO ('2024-02-01');
-- = error 42P17

---- range to minvalue's end
CREATE TABLE span (at date) PARTITION BY RANGE (at);
CREATE TABLE span_1 PARTITION OF span FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE span_x PARTITION OF span FOR VALUES FROM (MINVALUE) TO ('2024-01-01');
-- = lock public.span ACCESS EXCLUSIVE

---- range with null
CREATE TABLE span (at date) PARTITION BY RANGE (at);
CREATE TABLE span_1 PARTITION OF span FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE span_x PARTITION OF span FOR VALUES FROM (NULL) TO ('2026-01-01');
-- = error 42P17

---- range too wide
CREATE TABLE span (at date) PARTITION BY RANGE (at);
CREATE TABLE span_1 PARTITION OF span FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE span_x PARTITION OF span FOR VALUES FROM ('2026-01-01', 1) TO ('2027-01-01', 1);
-- = error 42P16

---- range as list
CREATE TABLE span (at date) PARTITION BY RANGE (at);
CREATE TABLE span_1 PARTITION OF span FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE span_x PARTITION OF span FOR VALUES IN ('2026-01-01');
-- = error 42P16

---- two columns overlap
CREATE TABLE grid (x int, y int) PARTITION BY RANGE (x, y);
CREATE TABLE grid_1 PARTITION OF grid FOR VALUES FROM (1, MINVALUE) TO (1, 10);
CREATE TABLE grid_x PARTITION OF grid FOR VALUES FROM (1, 5) TO (1, 20);
-- = error 42P17

---- two columns touch
CREATE TABLE grid (x int, y int) PARTITION BY RANGE (x, y);
CREATE TABLE grid_1 PARTITION OF grid FOR VALUES FROM (1, MINVALUE) TO (1, 10);
CREATE TABLE grid_x PARTITION OF grid FOR VALUES FROM (1, 10) TO (1, MAXVALUE);
-- = lock public.grid ACCESS EXCLUSIVE

---- two columns minvalue then value
CREATE TABLE grid (x int, y int) PARTITION BY RANGE (x, y);
CREATE TABLE grid_1 PARTITION OF grid FOR VALUES FROM (1, MINVALUE) TO (1, 10);
CREATE TABLE grid_x PARTITION OF grid FOR VALUES FROM (MINVALUE, 1) TO (1, 1);
-- = error 42804

---- hash overlaps
CREATE TABLE part (id int) PARTITION BY HASH (id);
CREATE TABLE part_0 PARTITION OF part FOR VALUES WITH (MODULUS 4, REMAINDER 0);
CREATE TABLE part_x PARTITION OF part FOR VALUES WITH (MODULUS 8, REMAINDER 4);
-- = error 42P17

---- hash fits
CREATE TABLE part (id int) PARTITION BY HASH (id);
CREATE TABLE part_0 PARTITION OF part FOR VALUES WITH (MODULUS 4, REMAINDER 0);
CREATE TABLE part_x PARTITION OF part FOR VALUES WITH (MODULUS 8, REMAINDER 5);
-- = lock public.part ACCESS EXCLUSIVE

---- hash no factor
CREATE TABLE part (id int) PARTITION BY HASH (id);
CREATE TABLE part_0 PARTITION OF part FOR VALUES WITH (MODULUS 4, REMAINDER 0);
CREATE TABLE part_x PARTITION OF part FOR VALUES WITH (MODULUS 6, REMAINDER 1);
-- = error 42P17

---- hash modulus zero
CREATE TABLE part (id int) PARTITION BY HASH (id);
CREATE TABLE part_0 PARTITION OF part FOR VALUES WITH (MODULUS 4, REMAINDER 0);
CREATE TABLE part_x PARTITION OF part FOR VALUES WITH (MODULUS 0, REMAINDER 0);
-- = error 42P16

---- hash remainder too large
CREATE TABLE part (id int) PARTITION BY HASH (id);
CREATE TABLE part_0 PARTITION OF part FOR VALUES WITH (MODULUS 4, REMAINDER 0);
CREATE TABLE part_x PARTITION OF part FOR VALUES WITH (MODULUS 4, REMAINDER 4);
-- = error 42P16

---- hash default
CREATE TABLE part (id int) PARTITION BY HASH (id);
CREATE TABLE part_0 PARTITION OF part FOR VALUES WITH (MODULUS 4, REMAINDER 0);
CREATE TABLE part_x PARTITION OF part DEFAULT;
-- = error 42P16

---- second default
CREATE TABLE area (code text) PARTITION BY LIST (code);
CREATE TABLE area_n PARTITION OF area FOR VALUES IN ('n', NULL);
CREATE TABLE area_rest PARTITION OF area DEFAULT;
CREATE TABLE area_x PARTITION OF area DEFAULT;
-- = error 42P17

---- of a table without partitions
CREATE TABLE area (code text);
CREATE TABLE area_x PARTITION OF area FOR VALUES IN ('n');
-- = error 42P17

---- attach overlaps
CREATE TABLE area (code text) PARTITION BY LIST (code);
CREATE TABLE area_n PARTITION OF area FOR VALUES IN ('n', NULL);
CREATE TABLE area_x (code text);
ALTER TABLE area ATTACH PARTITION area_x FOR VALUES IN ('n');
-- = error 42P17

---- attach to a table without partitions
CREATE TABLE area (code text);
CREATE TABLE area_x (code text);
ALTER TABLE area ATTACH PARTITION area_x FOR VALUES IN ('n');
-- = error 42809
