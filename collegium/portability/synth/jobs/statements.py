"""The statements that make openings and applications, in the order in which they are sent.

Chance is arithmetic with the number of an opening and of an applicant, so that the same size gives the same market.
What a statement calls `r1`, `r2` … lies between 0 and 1.
"""


def chance(seed: int, *numbers: str) -> str:
    """A number from 0 up to 1 that these numbers decide; an expression."""
    mixed = " # ".join(f"hashint4(({number})::int + {seed * 7919 + at * 104_729})" for at, number in enumerate(numbers))
    return f"((({mixed}) & 1048575) / 1048576.0::float8)"


def moved(moment: str) -> str:
    """The same in milliseconds since 1970, as keys want it."""
    return f"(extract(epoch FROM {moment}) * 1000)::bigint"


TRADES = """
    CREATE TEMP TABLE synth_trade (no int, title text, body text, html text, seniority int, pay int, kind text,
                                   anywhere bool, needed bigint[], nice bigint[]) ON COMMIT DROP"""
COUNTRIES = """
    CREATE TEMP TABLE synth_country (no int, code text, currency text, period text, a_year int, step int,
                                     a_euro numeric, care float8, tech float8, other float8) ON COMMIT DROP"""
TOWNS = """
    CREATE TEMP TABLE synth_town ON COMMIT DROP AS
    SELECT (row_number() OVER (ORDER BY c.no, p.rank) - 1)::int AS no, p.*, c.currency, c.period, c.a_year, c.step,
           c.a_euro, c.care, c.tech, c.other
    FROM synth_country c JOIN (
        SELECT id, name, country, region, latitude, longitude,
               row_number() OVER (PARTITION BY country ORDER BY people DESC, id) AS rank
        FROM gazetteer_place
    ) p ON p.country = c.code AND p.rank <= %(towns)s"""
# Whoever says where every member reads it that she works in a house may offer work there; the first three do.
RECRUITERS = """
    CREATE TEMP TABLE synth_recruiter ON COMMIT DROP AS
    SELECT (row_number() OVER (ORDER BY h.no) - 1)::int AS no, h.no AS house, h.id AS organization,
           (o.page_since IS NOT NULL) AS is_page, r.people
    FROM synth_house h JOIN organizations_organization o ON o.id = h.id JOIN (
        SELECT m.no / %(house)s AS house, (array_agg(m.id ORDER BY m.no))[1:3] AS people
        FROM synth_member m JOIN members_member p ON p.id = m.id
        WHERE m.no %% %(large)s <> 7 AND p.visibility <= 1 GROUP BY 1
    ) r ON r.house = h.no"""
# Of one house every title at every one of its towns is offered once at most: a step meets each pair once.
_WHICH = """
    SELECT n, r.no AS house, r.organization, r.is_page,
           r.people[1 + (n / %(houses)s) %% cardinality(r.people)] AS poster,
           ((n / %(houses)s)::bigint * %(stride)s + r.no * 17) %% (%(trades)s * %(places)s) AS pair
    FROM generate_series(0, %(most)s - 1) AS g (n) JOIN synth_recruiter r ON r.no = n %% %(houses)s"""
_WHERE = f"""
    SELECT w.n, w.organization, w.is_page, w.poster, t.no AS trade, l.no AS town,
           t.anywhere AND w.pair / %(trades)s = t.no %% %(places)s AS remote, w.n < %(standing)s AS stands,
           {chance(1, "w.n")} AS r1, {chance(2, "w.n")} AS r2, {chance(3, "w.n")} AS r3, {chance(4, "w.n")} AS r4
    FROM ({_WHICH}) w JOIN synth_trade t ON t.no = w.pair %% %(trades)s
    JOIN synth_town l ON l.no = (w.house * 37 + w.pair / %(trades)s) %% %(towns)s"""
# What stands was posted in the last six weeks and looked at in the last eighteen days; what is over ended half a month
# ago or earlier, so that everybody who had not been answered by then has been told so.
OPENINGS = f"""
    CREATE TEMP TABLE synth_opening ON COMMIT DROP AS
    SELECT s.*, {{key}} AS id FROM (
        SELECT f.*, CASE WHEN stands THEN greatest(posted, %(now)s - r2 * interval '18 days')
                         WHEN ended = 'stale' THEN greatest(posted, closed - interval '21 days')
                         ELSE closed - r1 * interval '1 day' END AS reviewed,
               CASE WHEN ended = 'expired' THEN closed ELSE posted + interval '60 days' END AS expires
        FROM (
            SELECT d.*, CASE WHEN NOT stands THEN
                       posted + CASE WHEN ended = 'stale' THEN 22 + r2 * 30 ELSE 12 + r2 * 45 END * interval '1 day'
                   END AS closed
            FROM (
                SELECT w.*, %(now)s - CASE WHEN stands THEN r1 * 44 ELSE 76 + r1 * 90 END * interval '1 day' AS posted,
                       CASE WHEN stands THEN '' WHEN r3 < 0.45 THEN 'filled' WHEN r3 < 0.6 THEN 'called-off'
                            WHEN r3 < 0.8 THEN 'expired' ELSE 'stale' END AS ended,
                       CASE WHEN n < %(crowds)s THEN %(largest)s / (n + 1) ^ 0.8
                            ELSE %(mean)s * 5 * r4 ^ 4 + 0.5 END::int AS wished
                FROM ({_WHERE}) w
            ) d
        ) f
    ) s"""
# The top of a range is 1.15 to 1.32 times its bottom, rounded downwards: the strictest rule of a country allows that.
_PAID = """
    SELECT *, (floor(low * (1.15 + r3 * 0.17) / step) * step)::numeric AS high FROM (
        SELECT o.*, t.title, t.body, t.html, t.seniority, t.kind, l.id AS place_id, l.name, l.country, l.region,
               l.latitude, l.longitude, l.currency, l.period, l.a_year, l.a_euro, l.step,
               (ceil(t.pay * (0.9 + o.r2 * 0.2) * l.a_euro::float8 / l.a_year / l.step
                     * CASE t.kind WHEN 'care' THEN l.care WHEN 'tech' THEN l.tech ELSE l.other END)
                * l.step)::numeric AS low
        FROM synth_opening o JOIN synth_trade t ON t.no = o.trade JOIN synth_town l ON l.no = o.town
    ) p"""
STORE = f"""
    INSERT INTO openings_opening (id, organization_id, poster_id, state, title, text, html, way, place, town_id,
                                  country, region, latitude, longitude, countries, kind, seniority, pay_low, pay_high,
                                  currency,
                                  period, yearly_euros, vacancy, machine, machine_words, members_only, blind, kept_days,
                                  posted_at, expires_at, reviewed_at, closed_at, ended)
    SELECT id, organization, poster, CASE WHEN stands THEN 1 ELSE 2 END, title, body, html,
           CASE WHEN remote THEN 'remote' WHEN kind IN ('tech', 'office', 'learn') AND r4 < 0.6 THEN 'hybrid'
                ELSE 'on-site' END,
           CASE WHEN remote THEN '' ELSE name END, CASE WHEN NOT remote THEN place_id END,
           CASE WHEN remote THEN '' ELSE country END, CASE WHEN remote THEN '' ELSE region END,
           CASE WHEN NOT remote THEN latitude END, CASE WHEN NOT remote THEN longitude END,
           CASE WHEN remote AND n %% 3 > 0 THEN ARRAY[country] ELSE ARRAY[]::varchar[] END,
           CASE WHEN seniority = 1 AND kind = 'craft' THEN 'apprenticeship' WHEN seniority = 1 AND r1 < 0.5 THEN
                'internship' WHEN r1 < 0.14 THEN 'part-time' WHEN r1 < 0.22 THEN 'contract' ELSE 'full-time' END,
           seniority, low, greatest(low, high), currency, period,
           floor(greatest(low, high) * a_year / a_euro)::int, n %% 19 > 0, n %% 23 = 0,
           CASE WHEN n %% 23 = 0 THEN 'It sorts applications by the skills they name; a person reads all of them.'
                ELSE '' END, n %% 31 = 0, n %% 17 = 0,
           (ARRAY[CASE WHEN stands THEN 90 ELSE 180 END, 180, 180, 365])[1 + n %% 4],
           posted, expires, reviewed, closed, ended
    FROM ({_PAID}) o ORDER BY id"""
SKILLS = """
    INSERT INTO openings_openingskill (opening_id, skill_id, required, place)
    SELECT o.id, s.skill, s.place <= cardinality(t.needed), s.place - 1
    FROM synth_opening o JOIN synth_trade t ON t.no = o.trade
    CROSS JOIN LATERAL unnest(t.needed || t.nice) WITH ORDINALITY AS s (skill, place) ORDER BY o.id, s.skill"""
SEATS = """
    INSERT INTO openings_seat (opening_id, member_id, part, since)
    SELECT id, poster, 3, posted FROM synth_opening WHERE NOT is_page ORDER BY id"""
PARTS = """
    INSERT INTO pages_role (member_id, organization_id, part, since, named)
    SELECT person, organization, 'recruiter', %(now)s - interval '1 year', false
    FROM synth_recruiter CROSS JOIN LATERAL unnest(people) AS person WHERE is_page ON CONFLICT DO NOTHING"""
# Every fourth opening asks something one must pass, and something that decides nothing.
QUESTIONS = """
    INSERT INTO openings_question (id, opening_id, place, words, answer, choices, required, must, passing)
    SELECT {key}, o.id, q.place, q.words, q.answer, ARRAY[]::varchar[], true, q.place = 0, q.passing
    FROM synth_opening o CROSS JOIN (VALUES
        (0, 'May you work in this country already?', 'yes-no', ARRAY['yes']::varchar[]),
        (1, 'For how many years have you done this work?', 'number', ARRAY[]::varchar[])
    ) AS q (place, words, answer, passing) WHERE o.n %% 4 = 1 ORDER BY o.id, q.place"""
