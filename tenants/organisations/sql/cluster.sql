-- Run once by a superuser in each database (and in template1, so that new databases have it).
-- Takes from everybody what PostgreSQL lets everybody do by default and no organisation's role needs.

-- Sessions start with all their settings; nothing changes them later, least of all inside of an expression.
REVOKE EXECUTE ON FUNCTION pg_catalog.set_config(text, text, boolean) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION pg_catalog.set_config(text, text, boolean) TO halka_owner;

-- No anonymous code blocks, no new functions.
REVOKE USAGE ON LANGUAGE plpgsql FROM PUBLIC;
GRANT USAGE ON LANGUAGE plpgsql TO halka_owner;
REVOKE USAGE ON LANGUAGE sql FROM PUBLIC;
GRANT USAGE ON LANGUAGE sql TO halka_owner;

-- No tables, temporary ones included, outside of what migrations make.
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT ALL ON SCHEMA public TO halka_owner;

-- How many rows others have is theirs alone: statistics, sizes, estimates.
DO $$
DECLARE
    item record;
BEGIN
    FOR item IN
        SELECT format('REVOKE ALL ON pg_catalog.%I FROM PUBLIC', viewname) AS statement
        FROM pg_views
        WHERE schemaname = 'pg_catalog' AND (viewname LIKE 'pg\_stat\_%' OR viewname LIKE 'pg\_statio\_%')
    LOOP
        EXECUTE item.statement;
    END LOOP;
    FOR item IN
        SELECT format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', p.oid::regprocedure) AS statement
        FROM pg_proc p
        JOIN pg_namespace n ON n.oid = p.pronamespace
        WHERE n.nspname = 'pg_catalog'
          AND (p.proname LIKE 'pg\_stat\_get\_%'
               OR p.proname IN ('pg_relation_size', 'pg_table_size', 'pg_total_relation_size', 'pg_indexes_size',
                                'pg_database_size', 'pg_tablespace_size', 'lo_creat', 'lo_create',
                                'lo_from_bytea', 'pg_notify'))
    LOOP
        EXECUTE item.statement;
    END LOOP;
    -- No lock that others would have to wait for.
    FOR item IN
        SELECT format('REVOKE EXECUTE ON FUNCTION %1$s FROM PUBLIC; GRANT EXECUTE ON FUNCTION %1$s TO halka_owner',
                      p.oid::regprocedure) AS statement
        FROM pg_proc p
        JOIN pg_namespace n ON n.oid = p.pronamespace
        WHERE n.nspname = 'pg_catalog' AND p.proname ~ '^pg_(try_)?advisory_'
    LOOP
        EXECUTE item.statement;
    END LOOP;
    SELECT format('GRANT SELECT (%s) ON pg_catalog.pg_class TO PUBLIC', string_agg(quote_ident(attname), ', '))
    AS statement INTO item
    FROM pg_attribute
    WHERE attrelid = 'pg_catalog.pg_class'::regclass
      AND attnum > 0
      AND attname NOT IN ('reltuples', 'relpages', 'relallvisible', 'relallfrozen');
    REVOKE SELECT ON pg_catalog.pg_class FROM PUBLIC;
    EXECUTE item.statement;
    GRANT SELECT ON pg_catalog.pg_class TO halka_owner;
END
$$;
