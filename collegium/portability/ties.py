"""The memory of connections, follows and reactions that loads brought in (see `models.LoadedTies`)."""

from collegium.portability.stage import Stage


def known(stage: Stage, kind: int, members: str) -> str:
    """A table `(one, other)` of what earlier loads brought of a kind to the members that a statement names."""
    table = f"known_{kind}"
    stage.run(f"DROP TABLE IF EXISTS pg_temp.{table}")
    stage.run("ANALYZE portability_loadedties")
    stage.run(f"""
        CREATE TEMP TABLE {table} ON COMMIT DROP AS
        SELECT one, unnest(others) AS other FROM portability_loadedties
        JOIN (SELECT DISTINCT m.one FROM ({members}) m(one)) s USING (one) WHERE kind = {kind}""")
    stage.run(f"ANALYZE {table}")
    return table


def remember(stage: Stage, kind: int, ties: str, before: str) -> None:
    """Write down the ties that a statement names, except those in the table of what was known before."""
    stage.run(f"""
        INSERT INTO portability_loadedties (kind, one, others)
        SELECT {kind}, n.one, array_agg(n.other ORDER BY n.other) FROM ({ties}) n(one, other)
        WHERE NOT EXISTS (SELECT FROM {before} b WHERE b.one = n.one AND b.other = n.other)
        GROUP BY n.one ORDER BY n.one""")
