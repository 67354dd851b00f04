"""The statements that make applications: who sent them, what became of them step by step, and what was sent."""

from collegium.portability.synth.jobs.statements import chance

# Who of a standing opening has been looked at is somewhere on her way; who came later is not. What is over has ended
# for everybody: the first one was hired where somebody was.
_BECAME = """CASE
    WHEN r6 < 0.04 AND asked THEN 12
    WHEN sent > until AND stands THEN 0
    WHEN r6 < 0.11 THEN 13
    WHEN stands THEN CASE WHEN r6 < 0.3 THEN 0 WHEN r6 < 0.55 THEN 1 WHEN r6 < 0.68 THEN 2 WHEN r6 < 0.74 THEN 3
                          WHEN r6 < 0.76 THEN 4 ELSE 11 END
    WHEN k = 0 AND ended = 'filled' THEN 10
    WHEN sent > until OR r6 < CASE ended WHEN 'filled' THEN 0.25 WHEN 'stale' THEN 0.8 ELSE 0.4 END THEN 14
    ELSE 11 END"""
APPLICATIONS = f"""
    CREATE TEMP TABLE synth_application ON COMMIT DROP AS
    SELECT a.*, {_BECAME} AS became, {{key}} AS id FROM (
        SELECT p.*, posted + (0.01 + 0.98 * r5) * (coalesce(closed, %(now)s) - posted) AS sent,
               least(reviewed, closed) AS until
        FROM (
            SELECT o.n, o.id AS opening, o.organization, o.poster, o.stands, o.ended, o.posted, o.reviewed, o.closed,
                   o.n %% 4 = 1 AS asked,
                   (ARRAY[CASE WHEN o.stands THEN 90 ELSE 180 END, 180, 180, 365])[1 + o.n %% 4] AS kept,
                   m.id AS applicant, m.no, k,
                   {chance(5, "o.n", "k")} AS r5, {chance(6, "o.n", "k")} AS r6
            FROM synth_opening o CROSS JOIN LATERAL generate_series(0, least(o.wished, %(people)s) - 1) AS k
            JOIN synth_member m ON m.no = (o.n::bigint * 7919 + k::bigint * %(step)s) %% %(members)s
            WHERE m.id <> o.poster
        ) p
    ) a"""
# The way to each end, and which part of the time until the last look at the opening had passed at each step.
_WAYS = """(VALUES
    (0, 0, 0.0), (1, 0, 0.0), (1, 1, 0.3), (2, 0, 0.0), (2, 1, 0.2), (2, 2, 0.5), (3, 0, 0.0), (3, 1, 0.1), (3, 2, 0.4),
    (3, 3, 0.7), (4, 0, 0.0), (4, 1, 0.1), (4, 2, 0.3), (4, 3, 0.5), (4, 4, 0.9), (10, 0, 0.0), (10, 1, 0.1),
    (10, 2, 0.3), (10, 3, 0.5), (10, 4, 0.8), (10, 10, 0.95), (11, 0, 0.0), (11, 1, 0.3), (11, 11, 0.8), (12, 0, 0.0),
    (12, 12, 0.0), (13, 0, 0.0), (13, 13, 0.6), (14, 0, 0.0), (14, 14, 1.0)
) AS w (became, standing, share)"""
WALKED = f"""
    CREATE TEMP TABLE synth_step ON COMMIT DROP AS
    SELECT a.n, a.no, a.id AS application, a.poster, w.standing,
           CASE w.standing WHEN 14 THEN a.closed + interval '14 days'
                WHEN 13 THEN a.sent + w.share * (coalesce(a.closed, %(now)s) - a.sent)
                ELSE a.sent + w.share * greatest(a.until - a.sent, interval '0') END AS at
    FROM synth_application a JOIN {_WAYS} ON w.became = a.became"""
STORE = """
    INSERT INTO applications_application (id, opening_id, organization_id, applicant_id, standing, kept_days, sent_at,
                                          answered_at, interviewed_at, owed_since, ended_at, erase_at)
    SELECT a.id, a.opening, a.organization, a.applicant, a.became, a.kept, a.sent, s.answered, s.interviewed,
           CASE WHEN a.became = 3 THEN s.interviewed END, s.ended, s.ended + a.kept * interval '1 day'
    FROM synth_application a JOIN (
        SELECT application, min(at) FILTER (WHERE standing IN (2, 3, 4, 10, 11)) AS answered,
               max(at + interval '1 hour') FILTER (
                   WHERE standing = 3 AND at < %(now)s - interval '1 hour') AS interviewed,
               max(at) FILTER (WHERE standing >= 10) AS ended
        FROM synth_step GROUP BY 1
    ) s ON s.application = a.id ORDER BY a.id"""
# Whoever hires for a crowd has put it into columns: of those who are invited half were talked to once already.
STAGES = """
    INSERT INTO hiring_stage (id, opening_id, name, place, standing)
    SELECT {key}, o.id, s.name, s.place, s.standing
    FROM synth_opening o CROSS JOIN (VALUES
        ('New', 0, 1), ('Looked at closely', 1, 2), ('First talk', 2, 3), ('Interview', 3, 3), ('Offer', 4, 4)
    ) AS s (name, place, standing) WHERE o.n < %(crowds)s AND o.stands"""
CARDS = """
    INSERT INTO hiring_card (application_id, stage_id, moved_at)
    SELECT a.id, s.id, a.until FROM synth_application a JOIN hiring_stage s ON s.opening_id = a.opening
    WHERE a.became = s.standing
        AND s.place = CASE WHEN a.became < 3 THEN a.became - 1 WHEN a.became = 4 THEN 4
                           WHEN a.no %% 2 = 0 THEN 3 ELSE 2 END"""
STEPS = """
    INSERT INTO applications_step (id, application_id, standing, at, by_id, words)
    SELECT {key}, application, standing, at, CASE WHEN standing IN (1, 2, 3, 4, 10, 11) THEN poster END,
           CASE standing WHEN 11 THEN 'Thank you for your application. We chose somebody else, who knew the work '
                'already.' WHEN 3 THEN 'We should like to meet you. Which of the times suits you?' ELSE '' END
    FROM synth_step ORDER BY application, standing"""
# What a career says, once a member, as it is sent with every application.
PROFILES = """
    CREATE TEMP TABLE synth_profile ON COMMIT DROP AS
    SELECT m.id AS member, jsonb_build_object(
        'header', jsonb_build_object('name', p.name, 'headline', p.headline, 'place', p.place),
        'items', coalesce(i.items, '[]'::jsonb), 'skills', coalesce(s.skills, '[]'::jsonb)) AS profile
    FROM synth_member m JOIN members_member p ON p.id = m.id
    LEFT JOIN (
        SELECT member_id, jsonb_agg(jsonb_build_object(
            'section', section, 'title', title, 'organization_name', organization_name, 'place', place,
            'started', started, 'ended', ended) ORDER BY section DESC, rank) AS items
        FROM career_item GROUP BY 1
    ) i ON i.member_id = m.id
    LEFT JOIN (
        SELECT h.member_id, jsonb_agg(k.name ORDER BY h.rank) AS skills
        FROM career_holding h JOIN skills_skill k ON k.id = h.skill_id GROUP BY 1
    ) s ON s.member_id = m.id"""
SENT = """
    INSERT INTO applications_sent (application_id, name, headline, photo, email, email_mark, phone, letter, profile,
                                   cv_name, cv_stored, cv_type, consent, consented_at)
    SELECT a.id, m.name, left(m.headline, 300), '', 'member' || a.no || '@' || %(domain)s, md5('synth ' || a.no), '',
           (%(letters)s::text[])[1 + (a.n + a.no) %% cardinality(%(letters)s::text[])], p.profile, '', '', '',
           'What I send is kept for ' || a.kept || ' days after this application has ended.', a.sent
    FROM synth_application a JOIN members_member m ON m.id = a.applicant JOIN synth_profile p ON p.member = a.applicant
    ORDER BY a.id"""
ANSWERS = """
    INSERT INTO applications_given (id, application_id, question_id, words, answer, passed, place)
    SELECT {key}, a.id, q.id, q.words,
           CASE WHEN q.place = 1 THEN (1 + a.no %% 20)::text WHEN a.became = 12 THEN 'no' ELSE 'yes' END,
           CASE WHEN q.place = 0 THEN a.became <> 12 END, q.place
    FROM synth_application a JOIN openings_question q ON q.opening_id = a.opening
    WHERE a.asked ORDER BY a.id, q.place"""
