-- What every database has (section `pg_catalog`) and what an extension brings, one row an item: section, kind of line,
-- name, item. The form of the items is told in core/src/schema/builtin/mod.rs.
WITH member AS MATERIALIZED (
    SELECT d.classid, d.objid, e.extname::text AS section
    FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid
    WHERE d.deptype = 'e' AND d.refclassid = 'pg_extension'::regclass
), own AS MATERIALIZED (
    SELECT 'pg_type'::regclass AS classid, oid AS objid, 'pg_catalog' AS section FROM pg_type
        WHERE typnamespace = 'pg_catalog'::regnamespace
    UNION ALL SELECT 'pg_proc'::regclass, oid, 'pg_catalog' FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace
    UNION ALL SELECT 'pg_operator'::regclass, oid, 'pg_catalog' FROM pg_operator WHERE oprnamespace = 'pg_catalog'::regnamespace
    UNION ALL SELECT 'pg_opclass'::regclass, oid, 'pg_catalog' FROM pg_opclass WHERE opcnamespace = 'pg_catalog'::regnamespace
    UNION ALL SELECT 'pg_cast'::regclass, oid, 'pg_catalog' FROM pg_cast WHERE oid < 16384
    UNION ALL SELECT 'pg_class'::regclass, oid, 'pg_catalog' FROM pg_class
        WHERE relnamespace = 'pg_catalog'::regnamespace AND relkind IN ('r', 'v')
    UNION ALL SELECT * FROM member WHERE section <> 'plpgsql'
), shown AS MATERIALIZED (
    -- An array is written as its element with brackets, but for the few that are types of their own.
    SELECT t.oid, t.typtype, t.typrelid,
        CASE WHEN e.typarray = t.oid THEN e.typname || '[]'
             WHEN n.nspname = 'information_schema' THEN 'information_schema.' || t.typname ELSE t.typname::text END AS name
    FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace LEFT JOIN pg_type e ON e.oid = t.typelem
), routine AS MATERIALIZED (
    SELECT p.*, own.section,
        coalesce((SELECT string_agg(s.name, ',' ORDER BY a.position)
            FROM unnest(p.proargtypes) WITH ORDINALITY AS a(type, position) JOIN shown s ON s.oid = a.type), '') AS arguments,
        (SELECT name FROM shown WHERE oid = p.prorettype) AS result,
        -- The columns of a row, by OUT, INOUT and TABLE.
        (SELECT string_agg(coalesce(p.proargnames[a.position], 'column' || a.position) || ':' || s.name, ',' ORDER BY a.position)
            FROM unnest(p.proallargtypes, p.proargmodes) WITH ORDINALITY AS a(type, mode, position) JOIN shown s ON s.oid = a.type
            WHERE a.mode IN ('o', 'b', 't')) AS columns,
        CASE WHEN p.pronargdefaults > 0 THEN array_to_string(p.proargnames[1:p.pronargs], ',') END AS names
    FROM pg_proc p JOIN own ON own.classid = 'pg_proc'::regclass AND own.objid = p.oid
    WHERE NOT EXISTS (
        SELECT FROM unnest(p.proargtypes::oid[] || p.prorettype) AS t(oid) JOIN pg_type t2 ON t2.oid = t.oid
        WHERE t2.typname IN ('internal', 'cstring', 'index_am_handler', 'table_am_handler', 'tsm_handler', 'fdw_handler', 'language_handler'))
), relation AS (
    SELECT own.section, c.oid, c.relname FROM pg_class c JOIN own ON own.classid = 'pg_class'::regclass AND own.objid = c.oid
)
SELECT 'pg_catalog' AS section, 'x' AS kind, e.name::text, NULL::text AS item
FROM pg_available_extensions e WHERE e.name <> 'plpgsql'
UNION ALL
SELECT DISTINCT 'pg_catalog', 'x', x.extname::text, required
FROM pg_extension x JOIN pg_available_extension_versions v ON v.name = x.extname AND v.version = x.extversion, unnest(v.requires) AS required
WHERE x.extname <> 'plpgsql'

UNION ALL
SELECT own.section, 't', s.name,
    concat_ws(';', t.typcategory::text || CASE WHEN t.typispreferred THEN '!' ELSE '' END
            || CASE WHEN t.typtype IN ('p', 'm') THEN t.typtype::text ELSE '' END
            || CASE WHEN t.typmodin <> 0 THEN '(' ELSE '' END || CASE WHEN t.typcollation <> 0 THEN '~' ELSE '' END
            || CASE WHEN i.provolatile <> 'i' THEN '>' ELSE '' END || CASE WHEN o.provolatile <> 'i' THEN '<' ELSE '' END,
        '[' || (SELECT name FROM shown e WHERE e.oid = t.typelem AND t.typelem <> 0),
        '^' || (SELECT e.name FROM pg_range r JOIN shown e ON e.oid = r.rngsubtype WHERE r.rngtypid = t.oid),
        '*' || (SELECT e.name FROM pg_range r JOIN shown e ON e.oid = r.rngtypid WHERE r.rngmultitypid = t.oid),
        '=' || replace(nullif(CASE WHEN t.typname = 'bpchar' THEN 'character' ELSE format_type(t.oid, NULL) END, t.typname), ' ', '_'))
FROM pg_type t JOIN shown s ON s.oid = t.oid JOIN own ON own.classid = 'pg_type'::regclass AND own.objid = t.oid
LEFT JOIN pg_proc i ON i.oid = t.typinput LEFT JOIN pg_proc o ON o.oid = t.typoutput
WHERE t.typtype IN ('b', 'p', 'r', 'm', 'd') AND s.name NOT LIKE '%[]' AND s.name NOT LIKE 'pg\_%list' AND t.typname NOT LIKE '\_%'

UNION ALL
SELECT p.section, 'f', p.proname::text,
    p.arguments || '>' || p.result
    || rtrim('/' || CASE p.prokind WHEN 'f' THEN '' ELSE p.prokind::text END || CASE p.provolatile WHEN 'i' THEN '' ELSE p.provolatile::text END
        || CASE WHEN p.proretset THEN '*' ELSE '' END || CASE WHEN p.provariadic <> 0 THEN '.' ELSE '' END
        || CASE WHEN p.pronargdefaults > 0 THEN p.pronargdefaults::text ELSE '' END, '/')
    || CASE WHEN p.names IS NOT NULL AND p.pronargdefaults > 0 THEN '?' || p.names ELSE '' END
    || CASE WHEN p.columns IS NOT NULL AND p.proretset OR p.result = 'record' AND p.columns IS NOT NULL THEN '{' || p.columns ELSE '' END
FROM routine p

UNION ALL
SELECT own.section, 'o', o.oprname::text,
    coalesce((SELECT name FROM shown WHERE oid = o.oprleft), '') || ',' || (SELECT name FROM shown WHERE oid = o.oprright)
    || '>' || (SELECT name FROM shown WHERE oid = o.oprresult)
    || CASE p.provolatile WHEN 'i' THEN '' ELSE '/' || p.provolatile::text END
FROM pg_operator o JOIN own ON own.classid = 'pg_operator'::regclass AND own.objid = o.oid JOIN pg_proc p ON p.oid = o.oprcode
WHERE o.oprright <> 0

UNION ALL
SELECT own.section, 'c', source.name,
    target.name || '/' || c.castcontext::text || CASE c.castmethod WHEN 'b' THEN 'b' ELSE '' END
    || CASE WHEN p.provolatile <> 'i' THEN p.provolatile::text ELSE '' END
FROM pg_cast c JOIN own ON own.classid = 'pg_cast'::regclass AND own.objid = c.oid
JOIN shown source ON source.oid = c.castsource JOIN shown target ON target.oid = c.casttarget
LEFT JOIN pg_proc p ON p.oid = c.castfunc
WHERE c.castsource <> c.casttarget

UNION ALL
SELECT own.section, 'k', a.amname::text, c.opcname || ':' || s.name || CASE WHEN c.opcdefault THEN '!' ELSE '' END
FROM pg_opclass c JOIN own ON own.classid = 'pg_opclass'::regclass AND own.objid = c.oid
JOIN pg_am a ON a.oid = c.opcmethod JOIN shown s ON s.oid = c.opcintype

UNION ALL
SELECT * FROM (SELECT r.section, 'r', r.relname::text,
    a.attname || ':' || s.name
FROM relation r JOIN pg_attribute a ON a.attrelid = r.oid JOIN shown s ON s.oid = a.atttypid
WHERE a.attnum > 0 AND NOT a.attisdropped ORDER BY r.oid, a.attnum) AS columns
