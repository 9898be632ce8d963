-- The whole catalog of a database but for what every database has and what an extension brought:
-- one row a fact (kind, name, fact, value). Lines between `--@ 15+` and `--@ end` are for these versions only;
-- `--@ -17` means up to 17.
WITH space AS MATERIALIZED (
    SELECT oid, CASE WHEN oid = pg_my_temp_schema() THEN 'pg_temp' ELSE nspname::text END AS name, nspowner, nspacl
    FROM pg_namespace
    WHERE oid = pg_my_temp_schema()
       OR nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') AND nspname !~ '^pg_(toast_)?temp_'
), brought AS MATERIALIZED (
    SELECT classid, objid FROM pg_depend WHERE deptype = 'e'
), relation AS MATERIALIZED (
    SELECT c.*, s.name || '.' || c.relname AS name, s.name AS space
    FROM pg_class c JOIN space s ON s.oid = c.relnamespace
    WHERE c.relkind <> 't' AND NOT EXISTS (SELECT FROM brought WHERE classid = 'pg_class'::regclass AND objid = c.oid)
), attribute AS MATERIALIZED (
    SELECT a.*, r.name AS relation, r.relkind, r.name || '.' || a.attname AS name,
        CASE WHEN r.relkind IN ('v', 'm') THEN 'view column' WHEN r.relkind IN ('i', 'I') THEN 'index column'
             WHEN r.relkind = 'c' THEN 'attribute' ELSE 'column' END AS kind
    FROM pg_attribute a JOIN relation r ON r.oid = a.attrelid
    WHERE a.attnum > 0 AND NOT a.attisdropped AND r.relkind NOT IN ('S')
), type AS MATERIALIZED (
    SELECT t.*, s.name || '.' || t.typname AS name
    FROM pg_type t JOIN space s ON s.oid = t.typnamespace
    WHERE NOT EXISTS (SELECT FROM brought WHERE classid = 'pg_type'::regclass AND objid = t.oid)
), routine AS MATERIALIZED (
    SELECT p.*, s.name || '.' || p.proname || '(' || coalesce((
            SELECT string_agg(format_type(t.type, NULL), ', ' ORDER BY t.position)
            FROM unnest(p.proargtypes) WITH ORDINALITY AS t(type, position)), '') || ')' AS name
    FROM pg_proc p JOIN space s ON s.oid = p.pronamespace
    WHERE NOT EXISTS (SELECT FROM brought WHERE classid = 'pg_proc'::regclass AND objid = p.oid)
), owned AS (
    SELECT d.objid AS sequence, d.deptype, a.name AS column FROM pg_depend d
    JOIN attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
    WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
), priv AS (
    SELECT 'pg_class'::regclass AS class, oid, 0 AS sub, relacl AS acl,
        acldefault(CASE WHEN relkind = 'S' THEN 's'::"char" ELSE 'r' END, relowner) AS usual, relowner AS owner
    FROM relation WHERE relacl IS NOT NULL
    UNION ALL SELECT 'pg_class'::regclass, a.attrelid, a.attnum, a.attacl, NULL, r.relowner
    FROM attribute a JOIN relation r ON r.oid = a.attrelid WHERE a.attacl IS NOT NULL
    UNION ALL SELECT 'pg_proc'::regclass, oid, 0, proacl, acldefault('f', proowner), proowner FROM routine WHERE proacl IS NOT NULL
    UNION ALL SELECT 'pg_type'::regclass, oid, 0, typacl, acldefault('T', typowner), typowner FROM type WHERE typacl IS NOT NULL
    UNION ALL SELECT 'pg_namespace'::regclass, s.oid, 0, nspacl, coalesce(
            (SELECT initprivs FROM pg_init_privs i WHERE i.classoid = 'pg_namespace'::regclass AND i.objoid = s.oid),
            -- The schema that a new database has, also where it was made again for the next case.
            CASE WHEN s.name = 'public' AND nspowner = 6171 THEN '{pg_database_owner=UC/pg_database_owner,=U/pg_database_owner}'::aclitem[]
                 WHEN s.name = 'public' AND nspowner = 10 AND current_setting('server_version_num')::int < 150000
                     THEN '{postgres=UC/postgres,=UC/postgres}'
            ELSE acldefault('n', nspowner) END), nspowner
    FROM space s WHERE nspacl IS NOT NULL
    UNION ALL SELECT 'pg_foreign_server'::regclass, oid, 0, srvacl, acldefault('S', srvowner), srvowner FROM pg_foreign_server WHERE srvacl IS NOT NULL
    UNION ALL SELECT 'pg_foreign_data_wrapper'::regclass, oid, 0, fdwacl, acldefault('F', fdwowner), fdwowner FROM pg_foreign_data_wrapper WHERE fdwacl IS NOT NULL
), allowed AS (
    SELECT class, oid, sub, a.grantee, a.privilege_type || CASE WHEN a.is_grantable THEN '*' ELSE '' END AS word, 'granted' AS what
    FROM priv, aclexplode(acl) a WHERE a.grantee <> owner
        AND NOT EXISTS (SELECT FROM aclexplode(usual) u WHERE u.grantee = a.grantee AND u.privilege_type = a.privilege_type)
    UNION ALL
    SELECT class, oid, sub, u.grantee, u.privilege_type, 'revoked'
    FROM priv, aclexplode(usual) u WHERE NOT EXISTS (SELECT FROM aclexplode(acl) a WHERE u.grantee = a.grantee AND u.privilege_type = a.privilege_type)
), other AS (
    SELECT 'pg_cast'::regclass AS class, oid FROM pg_cast
    UNION ALL SELECT 'pg_operator'::regclass, oid FROM pg_operator
    UNION ALL SELECT 'pg_opclass'::regclass, oid FROM pg_opclass
    UNION ALL SELECT 'pg_opfamily'::regclass, oid FROM pg_opfamily
    UNION ALL SELECT 'pg_collation'::regclass, oid FROM pg_collation
    UNION ALL SELECT 'pg_conversion'::regclass, oid FROM pg_conversion
    UNION ALL SELECT 'pg_language'::regclass, oid FROM pg_language
    UNION ALL SELECT 'pg_event_trigger'::regclass, oid FROM pg_event_trigger
    UNION ALL SELECT 'pg_foreign_data_wrapper'::regclass, oid FROM pg_foreign_data_wrapper
    UNION ALL SELECT 'pg_foreign_server'::regclass, oid FROM pg_foreign_server
    UNION ALL SELECT 'pg_user_mapping'::regclass, oid FROM pg_user_mapping
    UNION ALL SELECT 'pg_ts_config'::regclass, oid FROM pg_ts_config
    UNION ALL SELECT 'pg_ts_dict'::regclass, oid FROM pg_ts_dict
    UNION ALL SELECT 'pg_ts_parser'::regclass, oid FROM pg_ts_parser
    UNION ALL SELECT 'pg_ts_template'::regclass, oid FROM pg_ts_template
    UNION ALL SELECT 'pg_am'::regclass, oid FROM pg_am
    UNION ALL SELECT 'pg_transform'::regclass, oid FROM pg_transform
    UNION ALL SELECT 'pg_subscription'::regclass, oid FROM pg_subscription
    UNION ALL SELECT 'pg_default_acl'::regclass, oid FROM pg_default_acl
), fact AS (
    -- schemas
    SELECT 'schema' AS kind, name, 'owner' AS fact, CASE WHEN nspowner IN (10, 6171) THEN '' ELSE nspowner::regrole::text END AS value
    FROM space WHERE name <> 'pg_temp'

    -- tables, views, indexes, sequences
    UNION ALL
    SELECT CASE r.relkind WHEN 'r' THEN 'table' WHEN 'p' THEN 'table' WHEN 'f' THEN 'table' WHEN 'v' THEN 'view' WHEN 'm' THEN 'view'
            WHEN 'S' THEN 'sequence' ELSE 'index' END, r.name, f.fact, f.value
    FROM relation r
    LEFT JOIN pg_am am ON am.oid = r.relam
    LEFT JOIN pg_index i ON i.indexrelid = r.oid
    LEFT JOIN pg_sequence q ON q.seqrelid = r.oid
    LEFT JOIN owned o ON o.sequence = r.oid AND r.relkind = 'S'
    CROSS JOIN LATERAL (VALUES
        ('kind', CASE r.relkind WHEN 'r' THEN 'table' WHEN 'p' THEN 'partitioned table' WHEN 'f' THEN 'foreign table'
            WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' WHEN 'S' THEN 'sequence' ELSE 'index' END),
        ('persistence', CASE r.relpersistence WHEN 'u' THEN 'unlogged' WHEN 't' THEN 'temporary' END),
        ('options', (SELECT string_agg(x, ', ' ORDER BY x) FROM (
            SELECT unnest(r.reloptions) AS x UNION ALL
            SELECT 'toast.' || unnest(t.reloptions) FROM pg_class t WHERE t.oid = r.reltoastrelid) AS all_options)),
        ('tablespace', (SELECT spcname::text FROM pg_tablespace WHERE oid = r.reltablespace)),
        ('owner', CASE WHEN r.relowner <> 10 THEN r.relowner::regrole::text END),
        ('row security', CASE WHEN r.relrowsecurity THEN 'enabled' END),
        ('forced row security', CASE WHEN r.relforcerowsecurity THEN 'forced' END),
        ('replica identity', CASE WHEN r.relkind IN ('r', 'p') THEN CASE r.relreplident WHEN 'n' THEN 'nothing' WHEN 'f' THEN 'full'
            WHEN 'i' THEN (SELECT indexrelid::regclass::text FROM pg_index WHERE indrelid = r.oid AND indisreplident) END END),
        ('access method', CASE WHEN am.amname NOT IN ('heap', 'btree', 'hash', 'gin', 'gist', 'brin', 'spgist') THEN am.amname::text END),
        ('partition key', CASE WHEN r.relkind = 'p' THEN pg_get_partkeydef(r.oid) END),
        ('bound', CASE WHEN r.relispartition AND r.relkind NOT IN ('i', 'I') THEN pg_get_expr(r.relpartbound, r.oid) END),
        ('parents', (SELECT string_agg(p.name, ', ' ORDER BY h.inhseqno) FROM pg_inherits h JOIN relation p ON p.oid = h.inhparent WHERE h.inhrelid = r.oid)),
        ('of type', CASE WHEN r.reloftype <> 0 THEN format_type(r.reloftype, NULL) END),
        ('server', (SELECT s.srvname::text FROM pg_foreign_table f JOIN pg_foreign_server s ON s.oid = f.ftserver WHERE f.ftrelid = r.oid)),
        ('foreign options', (SELECT f.ftoptions::text FROM pg_foreign_table f WHERE f.ftrelid = r.oid)),
        ('populated', CASE WHEN r.relkind = 'm' AND NOT r.relispopulated THEN 'no' END),
        ('query', CASE WHEN r.relkind IN ('v', 'm') THEN pg_get_viewdef(r.oid) END),
        ('reads', CASE WHEN r.relkind IN ('v', 'm') THEN (
            SELECT string_agg(DISTINCT p.name, ', ' ORDER BY p.name)
            FROM pg_rewrite w JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = w.oid AND d.refclassid = 'pg_class'::regclass
            JOIN relation p ON p.oid = d.refobjid
            WHERE w.ev_class = r.oid AND w.rulename = '_RETURN' AND d.refobjid <> r.oid AND p.relkind <> 'S') END),
        ('columns read', CASE WHEN r.relkind IN ('v', 'm') THEN (
            SELECT string_agg(DISTINCT p.name, ', ' ORDER BY p.name)
            FROM pg_rewrite w JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = w.oid AND d.refclassid = 'pg_class'::regclass
            JOIN attribute p ON p.attrelid = d.refobjid AND p.attnum = d.refobjsubid
            WHERE w.ev_class = r.oid AND w.rulename = '_RETURN' AND d.refobjid <> r.oid) END),
        ('table', CASE WHEN i.indrelid IS NOT NULL THEN (SELECT name FROM relation WHERE oid = i.indrelid) END),
        ('definition', CASE WHEN i.indrelid IS NOT NULL THEN substring(pg_get_indexdef(r.oid) FROM ' USING (.*)$') END),
        ('unique', CASE WHEN i.indisunique THEN 'unique' END),
        ('primary', CASE WHEN i.indisprimary THEN 'primary' END),
        ('valid', CASE WHEN NOT i.indisvalid THEN 'no' END),
        ('clustered', CASE WHEN i.indisclustered THEN 'clustered' END),
        ('constraint', CASE WHEN i.indrelid IS NOT NULL THEN (SELECT min(conname) FROM pg_constraint WHERE conindid = r.oid AND contype IN ('p', 'u', 'x')) END),
        ('type', q.seqtypid::regtype::text),
        ('start', q.seqstart::text),
        ('increment', q.seqincrement::text),
        ('minimum', q.seqmin::text),
        ('maximum', q.seqmax::text),
        ('cache', q.seqcache::text),
        ('cycle', CASE WHEN q.seqcycle THEN 'cycle' END),
        ('owned by', o.column),
        ('identity', CASE WHEN o.deptype = 'i' THEN 'identity' END)
    ) AS f(fact, value)
    WHERE r.relkind <> 'c'

    -- columns
    UNION ALL
    SELECT a.kind, a.name, f.fact, f.value
    FROM attribute a
    JOIN pg_type t ON t.oid = a.atttypid
    LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    LEFT JOIN pg_collation c ON c.oid = a.attcollation AND a.attcollation <> t.typcollation
    CROSS JOIN LATERAL (VALUES
        ('number', a.attnum::text),
        ('type', format_type(a.atttypid, a.atttypmod)),
        ('not null', CASE WHEN a.attnotnull THEN 'not null' END),
        ('default', CASE WHEN a.attgenerated = '' THEN pg_get_expr(d.adbin, d.adrelid) END),
        ('generated', CASE WHEN a.attgenerated <> '' THEN pg_get_expr(d.adbin, d.adrelid) END),
        ('generation', CASE a.attgenerated WHEN 's' THEN 'stored' WHEN 'v' THEN 'virtual' END),
        ('identity', CASE a.attidentity WHEN 'a' THEN 'always' WHEN 'd' THEN 'by default' END),
        ('collation', c.collname::text),
        ('storage', CASE WHEN a.attstorage <> t.typstorage THEN CASE a.attstorage WHEN 'p' THEN 'plain' WHEN 'e' THEN 'external' WHEN 'm' THEN 'main' ELSE 'extended' END END),
        ('compression', CASE a.attcompression WHEN 'p' THEN 'pglz' WHEN 'l' THEN 'lz4' END),
        ('statistics', CASE WHEN a.attstattarget >= 0 THEN a.attstattarget::text END),
        ('options', array_to_string(a.attoptions, ', ')),
        ('foreign options', array_to_string(a.attfdwoptions, ', ')),
        ('inherited', CASE WHEN a.attinhcount > 0 THEN 'inherited' END),
        ('own too', CASE WHEN a.attinhcount > 0 AND a.attislocal THEN 'own too' END)
    ) AS f(fact, value)
    WHERE a.kind <> 'index column' OR f.fact = 'statistics'

    -- constraints of tables
    UNION ALL
    SELECT 'constraint', r.name || '.' || c.conname, f.fact, f.value
    FROM pg_constraint c JOIN relation r ON r.oid = c.conrelid
    CROSS JOIN LATERAL (VALUES
        ('definition', pg_get_constraintdef(c.oid)),
        ('inherited', CASE WHEN c.coninhcount > 0 THEN 'inherited' END),
        ('own too', CASE WHEN c.coninhcount > 0 AND c.conislocal THEN 'own too' END)
    ) AS f(fact, value)
    WHERE c.contype <> 't'

    -- types and domains
    UNION ALL
    SELECT 'type', t.name, f.fact, f.value
    FROM type t
    LEFT JOIN pg_range g ON g.rngtypid = t.oid
    LEFT JOIN pg_type b ON b.oid = t.typbasetype
    CROSS JOIN LATERAL (VALUES
        ('kind', CASE WHEN t.typtype = 'e' THEN 'enum' WHEN t.typtype = 'd' THEN 'domain' WHEN t.typtype = 'c' THEN 'composite'
            WHEN t.typtype = 'r' THEN 'range' WHEN NOT t.typisdefined THEN 'shell' ELSE 'base' END),
        ('owner', CASE WHEN t.typowner <> 10 THEN t.typowner::regrole::text END),
        ('values', (SELECT string_agg(quote_literal(enumlabel), ', ' ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = t.oid)),
        ('base', CASE WHEN t.typtype = 'd' THEN format_type(t.typbasetype, t.typtypmod) END),
        ('default', CASE WHEN t.typtype = 'd' THEN coalesce(pg_get_expr(t.typdefaultbin, 0), t.typdefault) END),
        ('not null', CASE WHEN t.typnotnull THEN 'not null' END),
        ('collation', CASE WHEN t.typtype = 'd' AND t.typcollation <> b.typcollation THEN (SELECT collname::text FROM pg_collation WHERE oid = t.typcollation) END),
        ('subtype', format_type(g.rngsubtype, NULL)),
        ('multirange', (SELECT m.name FROM type m WHERE m.oid = g.rngmultitypid)),
        ('subtype difference', CASE WHEN g.rngsubdiff <> 0 THEN g.rngsubdiff::regproc::text END),
        ('canonical', CASE WHEN g.rngcanonical <> 0 THEN g.rngcanonical::regproc::text END)
    ) AS f(fact, value)
    WHERE t.typtype NOT IN ('p', 'm') AND t.typelem = 0
        AND (t.typtype <> 'c' OR (SELECT relkind FROM pg_class WHERE oid = t.typrelid) = 'c')
        OR t.typtype = 'p' AND NOT t.typisdefined
    UNION ALL
    SELECT 'constraint', t.name || '.' || c.conname, 'definition', pg_get_constraintdef(c.oid)
    FROM pg_constraint c JOIN type t ON t.oid = c.contypid

    -- functions
    UNION ALL
    SELECT 'function', p.name, f.fact, f.value
    FROM routine p JOIN pg_language l ON l.oid = p.prolang
    CROSS JOIN LATERAL (VALUES
        ('kind', CASE p.prokind WHEN 'f' THEN 'function' WHEN 'p' THEN 'procedure' WHEN 'a' THEN 'aggregate' ELSE 'window function' END),
        ('owner', CASE WHEN p.proowner <> 10 THEN p.proowner::regrole::text END),
        ('arguments', nullif(pg_get_function_arguments(p.oid), '')),
        ('result', pg_get_function_result(p.oid)),
        ('language', l.lanname::text),
        ('volatility', CASE p.provolatile WHEN 'i' THEN 'immutable' WHEN 's' THEN 'stable' ELSE 'volatile' END),
        ('strict', CASE WHEN p.proisstrict THEN 'strict' END),
        ('security', CASE WHEN p.prosecdef THEN 'definer' END),
        ('leakproof', CASE WHEN p.proleakproof THEN 'leakproof' END),
        ('parallel', CASE p.proparallel WHEN 's' THEN 'safe' WHEN 'r' THEN 'restricted' END),
        ('cost', CASE WHEN p.procost <> CASE WHEN l.lanname IN ('c', 'internal') THEN 1 ELSE 100 END THEN p.procost::text END),
        ('rows', CASE WHEN p.proretset AND p.prorows <> 1000 THEN p.prorows::text END),
        ('settings', array_to_string(p.proconfig, ', ')),
        ('body', CASE WHEN p.prosqlbody IS NULL AND p.prokind <> 'a' THEN p.prosrc END),
        ('parsed body', pg_get_function_sqlbody(p.oid)),
        ('support', CASE WHEN p.prosupport <> 0 THEN p.prosupport::regproc::text END)
    ) AS f(fact, value)
    WHERE NOT EXISTS (SELECT FROM pg_range g JOIN type t ON t.oid = g.rngtypid WHERE p.proname = t.typname AND p.prolang = 12)
        AND NOT EXISTS (SELECT FROM pg_range g JOIN type t ON t.oid = g.rngmultitypid WHERE p.proname = t.typname AND p.prolang = 12)

    -- triggers, rules, policies
    UNION ALL
    SELECT 'trigger', r.name || '.' || g.tgname, f.fact, f.value
    FROM pg_trigger g JOIN relation r ON r.oid = g.tgrelid
    CROSS JOIN LATERAL (VALUES
        ('definition', replace(replace(pg_get_triggerdef(g.oid), 'TRIGGER ' || quote_ident(g.tgname) || ' ', 'TRIGGER '),
            ' ON ' || quote_ident((SELECT nspname FROM pg_namespace n WHERE n.oid = r.relnamespace)) || '.' || quote_ident(r.relname) || ' ', ' ')),
        ('enabled', CASE g.tgenabled WHEN 'D' THEN 'no' WHEN 'R' THEN 'replica' WHEN 'A' THEN 'always' END),
        ('inherited', CASE WHEN g.tgparentid <> 0 THEN 'inherited' END)
    ) AS f(fact, value)
    WHERE NOT g.tgisinternal OR g.tgparentid <> 0 AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.oid = g.tgconstraint AND c.contype <> 't')
    UNION ALL
    SELECT 'rule', r.name || '.' || w.rulename, f.fact, f.value
    FROM pg_rewrite w JOIN relation r ON r.oid = w.ev_class
    CROSS JOIN LATERAL (VALUES
        ('event', CASE w.ev_type WHEN '1' THEN 'select' WHEN '2' THEN 'update' WHEN '3' THEN 'insert' ELSE 'delete' END),
        ('instead', CASE WHEN w.is_instead THEN 'instead' END),
        ('enabled', CASE w.ev_enabled WHEN 'D' THEN 'no' WHEN 'R' THEN 'replica' WHEN 'A' THEN 'always' END),
        ('definition', pg_get_ruledef(w.oid))
    ) AS f(fact, value)
    WHERE w.rulename <> '_RETURN'
    UNION ALL
    SELECT 'policy', r.name || '.' || p.polname, f.fact, f.value
    FROM pg_policy p JOIN relation r ON r.oid = p.polrelid
    CROSS JOIN LATERAL (VALUES
        ('permissive', CASE WHEN NOT p.polpermissive THEN 'restrictive' END),
        ('command', CASE p.polcmd WHEN 'r' THEN 'select' WHEN 'a' THEN 'insert' WHEN 'w' THEN 'update' WHEN 'd' THEN 'delete' ELSE 'all' END),
        ('roles', (SELECT string_agg(n, ', ' ORDER BY n) FROM (SELECT CASE WHEN o = 0 THEN 'public' ELSE o::regrole::text END AS n FROM unnest(p.polroles) AS o) AS names)),
        ('using', pg_get_expr(p.polqual, p.polrelid)),
        ('with check', pg_get_expr(p.polwithcheck, p.polrelid))
    ) AS f(fact, value)

    -- extensions, publications, statistics
    UNION ALL
    SELECT 'extension', e.extname::text, f.fact, f.value
    FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
    CROSS JOIN LATERAL (VALUES
        ('schema', n.nspname::text),
        ('version', CASE WHEN e.extversion <> (SELECT default_version FROM pg_available_extensions WHERE name = e.extname) THEN e.extversion END)
    ) AS f(fact, value)
    WHERE e.extname <> 'plpgsql'
    UNION ALL
    SELECT 'publication', p.pubname::text, f.fact, f.value
    FROM pg_publication p
    CROSS JOIN LATERAL (VALUES
        ('all tables', CASE WHEN p.puballtables THEN 'all tables' END),
        ('tables', (SELECT string_agg(r.name, ', ' ORDER BY r.name) FROM pg_publication_rel l JOIN relation r ON r.oid = l.prrelid WHERE l.prpubid = p.oid)),
--@ 15+
        ('column lists and conditions', (SELECT string_agg(r.name || coalesce(' (' || l.prattrs::text || ')', '') || coalesce(' WHERE ' || pg_get_expr(l.prqual, l.prrelid), ''), ', ' ORDER BY r.name)
            FROM pg_publication_rel l JOIN relation r ON r.oid = l.prrelid WHERE l.prpubid = p.oid AND (l.prattrs IS NOT NULL OR l.prqual IS NOT NULL))),
        ('schemas', (SELECT string_agg(s.name, ', ' ORDER BY s.name) FROM pg_publication_namespace l JOIN space s ON s.oid = l.pnnspid WHERE l.pnpubid = p.oid)),
--@ end
        ('publish', nullif(concat_ws(', ', CASE WHEN NOT p.pubinsert THEN 'no insert' END, CASE WHEN NOT p.pubupdate THEN 'no update' END, CASE WHEN NOT p.pubdelete THEN 'no delete' END, CASE WHEN NOT p.pubtruncate THEN 'no truncate' END), '')),
        ('there', 'yes'),
        ('via root', CASE WHEN p.pubviaroot THEN 'via root' END),
        ('owner', CASE WHEN p.pubowner <> 10 THEN p.pubowner::regrole::text END)
    ) AS f(fact, value)
    UNION ALL
    SELECT 'statistics', s.name || '.' || x.stxname, f.fact, f.value
    FROM pg_statistic_ext x JOIN space s ON s.oid = x.stxnamespace JOIN relation r ON r.oid = x.stxrelid
    CROSS JOIN LATERAL (VALUES
        ('table', r.name),
        ('definition', regexp_replace(replace(pg_get_statisticsobjdef(x.oid), 'CREATE STATISTICS ' || quote_ident(s.name) || '.' || quote_ident(x.stxname) || ' ', ''), ' FROM .*$', '')),
        ('target', CASE WHEN x.stxstattarget >= 0 THEN x.stxstattarget::text END)
    ) AS f(fact, value)

    -- comments
    UNION ALL
    SELECT 'comment', i.type || ' ' || i.identity, 'text', d.description
    FROM pg_description d, pg_identify_object(d.classoid, d.objoid, d.objsubid) AS i
    WHERE (d.objoid >= 16384 OR d.classoid = 'pg_namespace'::regclass AND d.objoid = 2200 AND d.description <> 'standard public schema')
        AND NOT EXISTS (SELECT FROM brought b WHERE b.classid = d.classoid AND b.objid = d.objoid)
        AND NOT (d.classoid = 'pg_extension'::regclass AND d.description = (SELECT a.comment FROM pg_available_extensions a JOIN pg_extension e ON e.extname = a.name WHERE e.oid = d.objoid))

    -- privileges
    UNION ALL
    SELECT 'privileges', i.type || ' ' || i.identity || ' for ' || CASE WHEN a.grantee = 0 THEN 'public' ELSE a.grantee::regrole::text END,
        a.what, string_agg(a.word, ', ' ORDER BY a.word)
    FROM allowed a, pg_identify_object(a.class, a.oid, a.sub) AS i
    WHERE NOT EXISTS (SELECT FROM brought b WHERE b.classid = a.class AND b.objid = a.oid)
    GROUP BY i.type, i.identity, a.grantee, a.what

    -- roles
    UNION ALL
    SELECT 'role', r.rolname::text, f.fact, f.value
    FROM pg_roles r
    CROSS JOIN LATERAL (VALUES
        ('attributes', concat_ws(' ', CASE WHEN r.rolsuper THEN 'superuser' END, CASE WHEN NOT r.rolinherit THEN 'noinherit' END, CASE WHEN r.rolcreaterole THEN 'createrole' END,
            CASE WHEN r.rolcreatedb THEN 'createdb' END, CASE WHEN r.rolcanlogin THEN 'login' END, CASE WHEN r.rolreplication THEN 'replication' END,
            CASE WHEN r.rolbypassrls THEN 'bypassrls' END, CASE WHEN r.rolconnlimit >= 0 THEN 'connection limit ' || r.rolconnlimit END)),
        ('member of', (SELECT string_agg(m.roleid::regrole::text, ', ' ORDER BY m.roleid::regrole::text) FROM pg_auth_members m WHERE m.member = r.oid))
    ) AS f(fact, value)
    WHERE r.oid >= 16384

    -- everything else, by name
    UNION ALL
    SELECT i.type, i.identity, 'there', 'yes'
    FROM other o, pg_identify_object(o.class, o.oid, 0) AS i
    WHERE o.oid >= 16384 AND NOT EXISTS (SELECT FROM brought b WHERE b.classid = o.class AND b.objid = o.oid)
)
SELECT kind, name, fact, value FROM fact WHERE value IS NOT NULL
