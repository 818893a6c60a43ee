-- One campaign in East Java: each office below a regency bears one name, by which it meets itself.
INSERT INTO circular (id, region_id, region_code, time_zone, office_id, office_name, kind,
  issuer, signer_post, signer_name, number, dated_on, nature, subject, legal_basis,
  addressees, attachments, ends, copies_to, in_force_from, drafted_at, state, issued_at,
  version)
SELECT gen_random_uuid(), o.region_id, o.region_code, o.time_zone, o.id, o.name, 'circular',
  o.name, 'Ketua', 'Pejabat Rekaan', 'REKAAN/' || n, '2024-09-17', 'important', 'Rekaan',
  '[]', '[]', '[]', '[]', '[]', '2024-09-17', now(), 'issued', now(), 1
FROM (SELECT id, name, region_id, region_code, time_zone FROM office WHERE code = 'bawaslu-35') o, generate_series(1, 10) n;

INSERT INTO circular_addressee (id, circular_id, depth, category, region_id, region_code,
  office_name, office_key, post, addressed_at, owed, next_due_on, acknowledged_at)
SELECT gen_random_uuid(), c.id, 1, 'other', r.placement_id, r.code, 'Kantor 1 ' || r.code,
  r.code || ' kantor1' || replace(r.code, '.', ''), 'Kepala', now(), 1, '2024-09-30', CASE WHEN random() < 0.8 THEN now() END
FROM circular c, (SELECT code, placement_id FROM region WHERE code LIKE '35.%' AND length(code) > 5 AND valid_to IS NULL) r;

INSERT INTO event (id, region_id, region_code, office_id, office_name, kinds, level, mode,
  title, purpose, venue_region_code, starts_on, ends_on, time_zone, is_stage, target_groups,
  drafted_at, published_at, stage, sequence, version)
SELECT gen_random_uuid(), o.region_id, o.region_code, o.id, o.name, '["rakor"]', 'province',
  'on_site', 'Rekaan ' || n, 'Rekaan', '35', '2024-09-20', '2024-09-20', o.time_zone, true,
  '[]', now(), now(), 'held', 0, 1
FROM (SELECT id, name, region_id, region_code, time_zone FROM office WHERE code = 'bawaslu-35') o, generate_series(1, 40) n;

INSERT INTO invitation (id, event_id, region_code, office_name, office_key, post, role, code_hash,
  invited_at, joins_online)
SELECT gen_random_uuid(), e.id, r.code, 'Kantor 1 ' || r.code,
  r.code || ' kantor1' || replace(r.code, '.', ''), 'Kepala', 'participant',
  sha256(gen_random_uuid()::text::bytea), now(), false
FROM event e, (SELECT code, placement_id FROM region WHERE code LIKE '35.%' AND length(code) > 5 AND valid_to IS NULL) r WHERE length(r.code) = 8;

INSERT INTO check_in (region_id, id, region_code, event_id, invitation_id, direction, mode,
  captured_at, recorded_at)
SELECT e.region_id, gen_random_uuid(), e.region_code, e.id, i.id, 'in', 'on_site', now(),
  now()
FROM invitation i JOIN event e ON e.id = i.event_id WHERE random() < 0.9;

INSERT INTO event_follow_up (id, event_id, region_id, region_code, organiser_id, number,
  action, office_name, office_region_code, due_on, time_zone, due_at, code_hash, planned_at,
  state)
SELECT gen_random_uuid(), e.id, e.region_id, e.region_code, e.office_id,
  row_number() OVER (PARTITION BY e.id), 'Rekaan', 'Kantor 1 ' || r.code, r.code,
  '2024-10-30', e.time_zone, '2024-10-30T17:00:00Z',
  sha256(gen_random_uuid()::text::bytea), now(),
  CASE WHEN random() < 0.7 THEN 'done' ELSE 'open' END
FROM event e, (SELECT code, placement_id FROM region WHERE code LIKE '35.%' AND length(code) > 5 AND valid_to IS NULL) r WHERE length(r.code) = 8;

INSERT INTO declaration (id, office_id, office_name, region_id, region_code,
  pledge_text_id, kind, title, place, local_points, held_on, led_by, witnesses, legal_basis,
  text_hash, open_link, status, created_at, version)
SELECT gen_random_uuid(), o.id, o.name, o.region_id, o.region_code,
  (SELECT id FROM pledge_text LIMIT 1), 'pledge', 'Rekaan ' || n, 'Rekaan', '[]',
  '2024-09-30', 'Rekaan', '[]', '[]', '', true, 'open', now(), 1
FROM (SELECT id, name, region_id, region_code, time_zone FROM office WHERE code = 'bawaslu-35') o, generate_series(1, 10) n;

INSERT INTO coverage (region_id, declaration_id, region_code, office, targets, signed)
SELECT r.placement_id, d.id, r.code, 'Kantor 1 ' || r.code, 10, (random() * 10)::int
FROM declaration d, (SELECT code, placement_id FROM region WHERE code LIKE '35.%' AND length(code) > 5 AND valid_to IS NULL) r;
