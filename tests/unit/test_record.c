/* Records: every description fits its SQL; values, filters, names, CSV, history. */
#include "scene.h"

#include <valstuga/csv.h>
#include <valstuga/text.h>

#include "record/record.h"

/* Descriptions ----------------------------------------------------------------------------- */

static size_t
writable_fields(const struct vs_record_type *type, unsigned not )
{
	size_t count = 0;
	for (size_t i = 0; i < type->field_count; i++)
		count += !(type->fields[i].flags & (VS_READONLY | not ));
	return count;
}

static int
parameters(struct scene *s, const char *sql)
{
	VS_AUTO(stmt) q = { 0 };
	assert_done(s, stmt_open(&q, s->db, sql, &s->err));
	return stmt_parameters(&q);
}

static void
every_select_returns_the_fields_in_order(void **state)
{
	struct scene *s = *state;
	for (size_t i = 0; vs_record_types[i]; i++) {
		const struct vs_record_type *type = vs_record_types[i];
		VS_AUTO(stmt) q = { 0 };
		assert_done(s, stmt_open(&q, s->db, type->select, &s->err));
		assert_int_equal(stmt_columns(&q), type->field_count);
		assert_int_equal(stmt_parameters(&q), type->narrow ? 1 : 0);
		for (size_t k = 0; k < type->field_count; k++)
			assert_string_equal(
				stmt_column_name(&q, (int)k), type->fields[k].name);
	}
}

static void
a_record_is_found_by_its_key_as_it_stands_in_the_list(void **state)
{
	struct scene *s = *state;
	for (size_t i = 0; vs_record_types[i]; i++) {
		const struct vs_record_type *type = vs_record_types[i];
		if (!type->find)
			continue;
		VS_AUTO(stmt) q = { 0 };
		assert_done(s, stmt_open(&q, s->db, type->find, &s->err));
		assert_int_equal(stmt_parameters(&q), 1);
		assert_int_equal(stmt_columns(&q), type->field_count);
		for (size_t k = 0; k < type->field_count; k++)
			assert_string_equal(
				stmt_column_name(&q, (int)k), type->fields[k].name);
	}
	json_t *kommuner = vs_record_list(s->db, &vs_kommun_type, NULL, &s->err), *kommun;
	size_t i;
	json_array_foreach (kommuner, i, kommun) {
		json_t *found = record_find(
			s->db, &vs_kommun_type, text_at(kommun, "code"), &s->err);
		assert_true(json_equal(found, kommun));
		json_decref(found);
	}
	json_decref(kommuner);
	assert_null(record_find(s->db, &vs_kommun_type, "0000", &s->err));
	assert_int_equal(s->err.code, VS_OK);
}

static void
every_statement_takes_the_writable_fields(void **state)
{
	struct scene *s = *state;
	for (size_t i = 0; vs_record_types[i]; i++) {
		const struct vs_record_type *type = vs_record_types[i];
		if (type->insert)
			assert_int_equal(
				parameters(s, type->insert), writable_fields(type, 0));
		if (type->update)
			assert_int_equal(parameters(s, type->update),
				writable_fields(type, VS_FIXED | VS_KEY) + 1);
		if (type->remove)
			assert_int_equal(parameters(s, type->remove), 1);
	}
}

static void
check_field(const struct vs_record_type *type, const struct vs_field *field)
{
	assert_true(field->label && *field->label);
	assert_ptr_equal(vs_record_field(type, field->name), field);
	assert_true((field->type == VS_FIELD_REF) == (field->refers != NULL));
	assert_true((field->type == VS_FIELD_CHOICE) == (field->choices != NULL));
	assert_true((field->type == VS_FIELD_CODE) == (field->digits > 0));
	assert_true(field->min <= field->max);
	if (field->type == VS_FIELD_CHOICE)
		assert_true(field->choices[0].value && field->choices[0].label);
	if (field->flags & VS_NAME)
		assert_true(field->type == VS_FIELD_TEXT || field->type == VS_FIELD_CODE);
}

static void
every_description_is_whole(void **state)
{
	(void)state;
	for (size_t i = 0; vs_record_types[i]; i++) {
		const struct vs_record_type *type = vs_record_types[i];
		size_t keys = 0;
		assert_true(type->noun && type->label && type->about && type->select);
		assert_ptr_equal(vs_record_type_of(type->noun), type);
		assert_true(
			i == 0 || strcmp(vs_record_types[i - 1]->noun, type->noun) < 0);
		for (size_t k = 0; k < type->field_count; k++) {
			check_field(type, &type->fields[k]);
			keys += (type->fields[k].flags & VS_KEY) != 0;
		}
		assert_int_equal(keys, 1);
		if (type->narrow)
			assert_non_null(vs_record_field(type, type->narrow));
		if (type->usual)
			assert_int_equal(vs_record_field(type, type->usual)->type,
				VS_FIELD_BOOLEAN);
	}
	assert_null(vs_record_type_of("unicorn"));
}

static void
hyphens_count_as_underscores_in_a_field_name(void **state)
{
	(void)state;
	assert_non_null(vs_record_field(&vs_place_type, "advance-code"));
	assert_non_null(vs_record_field(&vs_place_type, "advance_code"));
	assert_null(vs_record_field(&vs_place_type, "advance-cod"));
	assert_null(vs_record_field(&vs_place_type, ""));
}

/* Values ----------------------------------------------------------------------------------- */

static const struct vs_choice sizes[] = { { "small", "little" }, { "big", "large" },
	{ 0 } };

static const struct vs_field thing_fields[] = {
	{ "id", VS_FIELD_INTEGER, VS_KEY | VS_READONLY, "no." },
	{ "text", VS_FIELD_TEXT, 0, "text", .max_length = 10 },
	{ "integer", VS_FIELD_INTEGER, 0, "integer", .min = -5, .max = 5000 },
	{ "real", VS_FIELD_REAL, 0, "real", .min = 55, .max = 70 },
	{ "boolean", VS_FIELD_BOOLEAN, 0, "boolean" },
	{ "date", VS_FIELD_DATE, 0, "date" },
	{ "time", VS_FIELD_TIME, 0, "time" },
	{ "moment", VS_FIELD_MOMENT, 0, "moment" },
	{ "money", VS_FIELD_MONEY, 0, "money", .min = 0, .max = 100000000 },
	{ "choice", VS_FIELD_CHOICE, 0, "choice", .choices = sizes },
	{ "code", VS_FIELD_CODE, 0, "code", .digits = 4 },
	{ "kommun", VS_FIELD_REF, 0, "kommun", .refers = &vs_kommun_type },
};

static const struct vs_record_type thing = {
	.noun = "thing",
	FIELDS(thing_fields),
};

/* The value as JSON text. */
static const char *
parsed(struct scene *s, const char *field, const char *text)
{
	json_t *value = NULL;
	assert_done(s,
		record_parse(s->db, &thing, vs_record_field(&thing, field), text, &value,
			&s->err));
	char *dump = json_dumps(value, JSON_ENCODE_ANY);
	const char *copy = vs_arena_text(s->arena, dump);
	free(dump);
	json_decref(value);
	return copy;
}

/* The complaint names noun, field and what was typed. */
static void
is_refused(struct scene *s, const char *field, const char *text)
{
	json_t *value = NULL;
	bool done = record_parse(
		s->db, &thing, vs_record_field(&thing, field), text, &value, &s->err);
	json_decref(value);
	if (done)
		fail_msg("%s took \"%s\"", field, text);
	assert_non_null(strstr(s->err.text, "thing"));
	assert_non_null(strstr(s->err.text, field));
	assert_true(vs_text_check(s->err.text, strlen(s->err.text), &(size_t){ 0 }));
	s->err = (struct vs_error){ 0 };
}

static void
text_is_cleaned_and_limited(void **state)
{
	struct scene *s = *state;
	assert_string_equal(parsed(s, "text", "  Säffle  "), "\"Säffle\"");
	assert_string_equal(parsed(s, "text", "åäöåäöåäöå"), "\"åäöåäöåäöå\"");
	assert_string_equal(parsed(s, "text", "   "), "null");
	is_refused(s, "text", "åäöåäöåäöåä");
	is_refused(s, "text", "\xff");
	char long_text[20002] = "x";
	for (size_t i = 1; i < sizeof long_text - 2; i += 2)
		memcpy(long_text + i, "ö", 2);
	long_text[sizeof long_text - 1] = '\0';
	is_refused(s, "text", long_text);
	is_refused(s, "text", long_text + 1);
}

static void
integers_are_whole_and_within_bounds(void **state)
{
	struct scene *s = *state;
	assert_string_equal(parsed(s, "integer", "4 500"), "4500");
	assert_string_equal(parsed(s, "integer", "-5"), "-5");
	static const char *const bad[] = { "5001", "-6", "1,5", "x", "12x",
		"99999999999999999999" };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		is_refused(s, "integer", bad[i]);
}

static void
reals_take_comma_or_point(void **state)
{
	struct scene *s = *state;
	assert_string_equal(parsed(s, "real", "59,38"), parsed(s, "real", "59.38"));
	static const char *const bad[] = { "54,9", "70,1", "nan", "inf", "1e400", "",
		"59,3,8" };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		is_refused(s, "real", bad[i]);
}

static void
booleans_are_yes_or_no(void **state)
{
	struct scene *s = *state;
	static const char *const yes[] = { "ja", "JA", "yes", "true", "1" };
	static const char *const no[] = { "nej", "No", "false", "0" };
	for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
		assert_string_equal(parsed(s, "boolean", yes[i]), "true");
	for (size_t i = 0; i < sizeof no / sizeof *no; i++)
		assert_string_equal(parsed(s, "boolean", no[i]), "false");
	is_refused(s, "boolean", "kanske");
	is_refused(s, "boolean", "2");
}

static void
dates_exist(void **state)
{
	struct scene *s = *state;
	assert_string_equal(parsed(s, "date", "2028-02-29"), "\"2028-02-29\"");
	static const char *const bad[] = { "2026-02-29", "2026-13-01", "26-01-01", "29/4",
		"2026-4-29", "2026-04-29 " };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		is_refused(s, "date", bad[i]);
}

static void
times_are_hours_and_two_digit_minutes(void **state)
{
	struct scene *s = *state;
	assert_string_equal(parsed(s, "time", "08:00"), "480");
	assert_string_equal(parsed(s, "time", "8.30"), "510");
	assert_string_equal(parsed(s, "time", "24:00"), "1440");
	static const char *const bad[] = { "24:01", "8:5", "8: 5", "-0:30", "+8:00",
		"08:60", "0800", "8", "08:00x", " 08:00", "08-00" };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		is_refused(s, "time", bad[i]);
}

static void
moments_exist_on_the_swedish_clock(void **state)
{
	struct scene *s = *state;
	assert_string_equal(parsed(s, "moment", "2026-03-02 12:00"), "1772449200");
	is_refused(s, "moment", "2026-03-29 02:30"); /* the hour that summer time skips */
	is_refused(s, "moment", "i morgon");
}

static void
money_is_kronor_with_ore(void **state)
{
	struct scene *s = *state;
	assert_string_equal(parsed(s, "money", "240"), "24000");
	assert_string_equal(parsed(s, "money", "1 240,50 kr"), "124050");
	assert_string_equal(parsed(s, "money", "0,29"), "29");
	is_refused(s, "money", "-1");
	is_refused(s, "money", "gratis");
	is_refused(s, "money", "1000000,01");
	is_refused(s, "money",
		"00000000000000000000000000000000000000000000000000000000000000009x");
}

static void
choices_are_known_by_value_or_label(void **state)
{
	struct scene *s = *state;
	assert_string_equal(parsed(s, "choice", "Small"), "\"small\"");
	assert_string_equal(parsed(s, "choice", "LARGE"), "\"big\"");
	is_refused(s, "choice", "middle");
	is_refused(s, "choice", "");
}

static void
codes_have_exactly_their_digits(void **state)
{
	struct scene *s = *state;
	assert_string_equal(parsed(s, "code", "0005"), "\"0005\"");
	static const char *const bad[] = { "5", "00005", "000x", " 005", "" };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		is_refused(s, "code", bad[i]);
}

static void
references_are_typed_as_key_or_name(void **state)
{
	struct scene *s = *state;
	assert_string_equal(parsed(s, "kommun", "1780"), "\"1780\"");
	assert_string_equal(parsed(s, "kommun", "KARLSTAD"), "\"1780\"");
	is_refused(s, "kommun", "Karlstd");
	is_refused(s, "kommun", "' OR 1=1 --");
	is_refused(s, "kommun", "\xc3");
	is_refused(s, "kommun", "");
}

/* Commands --------------------------------------------------------------------------------- */

static json_t *
get(struct scene *s, const struct vs_record_type *type, const char *key)
{
	json_t *record = vs_record_get(s->db, type, key, &s->err);
	assert_done(s, record != NULL);
	return record;
}

static const char *
add_place(struct scene *s, const char *kommun, const char *name)
{
	const char *key;
	json_t *values = VALUES("name=x", "street=Skolgatan 1");
	json_object_set_new(values, "kommun", json_string(kommun));
	json_object_set_new(values, "name", json_string(name));
	assert_done(s, record_add(s, &vs_place_type, values, &key));
	return key;
}

static void
a_record_is_added_changed_and_removed(void **state)
{
	struct scene *s = *state;
	const char *key = add_place(s, "Karlstad", "Färjestadsskolan");
	assert_done(s,
		record_set(s, &vs_place_type, key,
			VALUES("latitude=59,38", "longitude=13,5", "restricted=ja")));
	json_t *place = get(s, &vs_place_type, key);
	assert_string_equal(text_at(place, "kommun"), "1780");
	assert_true(json_is_true(json_object_get(place, "restricted")));
	assert_true(json_real_value(json_object_get(place, "latitude")) == 59.38);
	json_decref(place);
	assert_done(s,
		record_set(s, &vs_place_type, "färjestadsskolan",
			VALUES("latitude=", "longitude=", "restricted=")));
	place = get(s, &vs_place_type, key);
	assert_true(json_is_null(json_object_get(place, "latitude")));
	assert_true(json_is_false(json_object_get(place, "restricted")));
	json_decref(place);
	assert_done(s, vs_record_remove(s->db, &vs_place_type, key, &s->err));
	assert_refused(s, vs_record_remove(s->db, &vs_place_type, key, &s->err),
		VS_NOT_FOUND, "valstuga place list");
}

static void
what_is_refused_writes_nothing(void **state)
{
	struct scene *s = *state;
	const char *key = add_place(s, "Karlstad", "Skolan");
	int64_t history = count_of(s, SQL("SELECT count(*) FROM history"));
	assert_refused(s, record_set(s, &vs_place_type, key, VALUES("name=")), VS_INVALID,
		"field name");
	assert_refused(s, record_set(s, &vs_place_type, key, VALUES("name=  ")),
		VS_INVALID, "field name");
	assert_refused(s, record_set(s, &vs_place_type, key, VALUES("latitude=59")),
		VS_INVALID, "both");
	assert_refused(s, record_set(s, &vs_place_type, key, VALUES("colour=red")),
		VS_USAGE, "no field 'colour'");
	assert_refused(s, record_set(s, &vs_place_type, key, VALUES("districts=4")),
		VS_USAGE, "field districts");
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM history")), history);
	assert_int_equal(count_of(s,
				 SQL("SELECT count(*) FROM place WHERE name = 'Skolan'"
				     " AND latitude IS NULL")),
		1);
}

static void
values_of_the_wrong_json_type_are_refused(void **state)
{
	struct scene *s = *state;
	const char *key = add_place(s, "Karlstad", "Skolan");
	assert_false(record_set(s, &vs_place_type, key, json_pack("{s:[]}", "name")));
	s->err = (struct vs_error){ 0 };
	assert_refused(s,
		record_set(s, &vs_place_type, key,
			json_pack("{s:f, s:f}", "latitude", 5.0, "longitude", 13.5)),
		VS_INVALID, "latitude");
	assert_refused(s,
		record_set(s, &vs_place_type, key, json_pack("{s:i}", "kommun", 12)),
		VS_NOT_FOUND, "kommun");
	assert_done(s,
		record_set(s, &vs_place_type, key,
			json_pack("{s:f, s:f, s:b}", "latitude", 59.5, "longitude", 13.5,
				"restricted", 1)));
}

static void
a_duplicate_and_a_dangling_reference_are_told_apart(void **state)
{
	struct scene *s = *state;
	const char *key;
	assert_done(s, record_add(s, &vs_association_type, VALUES("name=Kil"), &key));
	assert_refused(s, record_add(s, &vs_association_type, VALUES("name=Kil"), &key),
		VS_EXISTS, "one already");
	assert_refused(s, record_set(s, &vs_campaign_type, "1", VALUES("orderer=99")),
		VS_INVALID, "does not exist");
	add_place(s, "Karlstad", "Skolan");
	assert_done(s,
		record_add(s, &vs_district_type,
			VALUES("code=17800101", "name=A", "kommun=1780", "place=Skolan"),
			&key));
	assert_refused(s, vs_record_remove(s->db, &vs_place_type, "Skolan", &s->err),
		VS_INVALID, "still refers to it");
}

static void
filters_take_keys_and_names(void **state)
{
	struct scene *s = *state;
	add_place(s, "1780", "A");
	add_place(s, "1780", "B");
	add_place(s, "1715", "A");
	json_t *filters = VALUES("kommun=karlstad", "restricted=nej");
	json_t *found = vs_record_list(s->db, &vs_place_type, filters, &s->err);
	assert_int_equal(json_array_size(found), 2);
	json_decref(found);
	json_decref(filters);
	filters = VALUES("street=Skolgatan 1");
	assert_refused(s, vs_record_list(s->db, &vs_place_type, filters, &s->err) != NULL,
		VS_USAGE, "'street'");
	json_decref(filters);
}

static void
an_ambiguous_name_asks_for_the_key(void **state)
{
	struct scene *s = *state;
	const char *first = add_place(s, "1780", "Skolan");
	const char *second = add_place(s, "1715", "skolan");
	assert_refused(s, vs_record_get(s->db, &vs_place_type, "SKOLAN", &s->err) != NULL,
		VS_INVALID, vs_arena_printf(s->arena, "(%s and %s)", first, second));
	json_decref(get(s, &vs_place_type, first));
	assert_refused(s,
		vs_record_get(s->db, &vs_place_type, "Skolan'; DROP TABLE place;--",
			&s->err) != NULL,
		VS_NOT_FOUND, "place list");
}

static void
a_place_of_a_common_name_is_found_with_its_kommun(void **state)
{
	struct scene *s = *state;
	const char *karlstad = add_place(s, "1780", "Skolan");
	add_place(s, "1715", "Skolan");
	json_t *found = get(s, &vs_place_type, "skolan, KARLSTAD");
	assert_string_equal(record_key_text(s->arena, &vs_place_type, found), karlstad);
	json_decref(found);
	assert_refused(s,
		vs_record_get(s->db, &vs_place_type, "Skolan, Eda", &s->err) != NULL,
		VS_NOT_FOUND, "place list");
}

/* CSV ------------------------------------------------------------------------------------- */

static void
records_survive_csv_out_and_in(void **state)
{
	struct scene *s = *state;
	const char *key = add_place(s, "1780", "Skolan; \"gamla\"\nentrén");
	assert_done(s,
		record_set(s, &vs_place_type, key,
			VALUES("latitude=59,3801", "longitude=13,5", "note= =SUM(A1)")));
	json_t *before = get(s, &vs_place_type, key);
	json_t *records = json_pack("[O]", before);
	struct vs_buffer csv = { 0 };
	vs_record_write_csv(&vs_place_type, records, &csv);
	assert_non_null(strstr(csv.data, "59,3801"));
	json_decref(records);

	json_t *values = json_object();
	for (size_t i = 0; i < vs_place_type.field_count; i++) {
		const struct vs_field *field = &vs_place_type.fields[i];
		json_object_set_new(values, field->name,
			json_string(vs_record_csv(
				s->arena, field, json_object_get(before, field->name))));
	}
	json_t *same = record_prepare(s->db, &vs_place_type, before, values, &s->err);
	assert_done(s, same != NULL);
	assert_true(json_equal(same, before));
	json_decref(same);
	json_decref(values);
	json_decref(before);
	vs_buffer_done(&csv);
}

static void
money_in_csv_keeps_its_sign_and_ore(void **state)
{
	struct scene *s = *state;
	static const struct {
		int ore;
		const char *text;
	} cases[] = { { 24000, "240" }, { 5305, "53,05" }, { -50, "-0,50" },
		{ -5305, "-53,05" } };
	const struct vs_field *field = vs_record_field(&thing, "money");
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		json_t *value = json_integer(cases[i].ore);
		assert_string_equal(vs_record_csv(s->arena, field, value), cases[i].text);
		json_decref(value);
	}
}

/* History --------------------------------------------------------------------------------- */

/* No line of the history holds the text. */
static void
assert_not_told(struct scene *s, const char *secret)
{
	json_t *history = vs_record_list(s->db, &vs_history_type, NULL, &s->err);
	char *dump = json_dumps(history, 0);
	assert_null(strstr(dump, secret));
	free(dump);
	json_decref(history);
}

static void
the_history_says_what_changed_from_what_to_what(void **state)
{
	struct scene *s = *state;
	const char *key = add_place(s, "1780", "Skolan");
	assert_done(s, record_set(s, &vs_place_type, key, VALUES("street=Nygatan 2")));
	json_t *history = vs_record_list(s->db, &vs_history_type, NULL, &s->err);
	assert_string_equal(text_at(json_array_get(history, 0), "summary"),
		"street: Skolgatan 1 → Nygatan 2");
	assert_string_equal(text_at(json_array_get(history, 0), "object"), key);
	json_decref(history);
}

static void
personal_values_do_not_reach_the_history(void **state)
{
	struct scene *s = *state;
	const char *key;
	assert_done(s,
		record_add(s, &vs_person_type,
			VALUES("name=Rut Hemlig", "home=Dolda", "keep_until=2026-12-01"),
			&key));
	assert_done(s, record_set(s, &vs_person_type, key, VALUES("name=Rut Nyhemlig")));
	assert_done(s, vs_record_remove(s->db, &vs_person_type, key, &s->err));
	assert_done(s,
		record_add(s, &vs_orderer_type,
			VALUES("name=Eva Hemlig", "minutes_on=2026-01-10",
				"mobile=070-555 55 55", "email=hemlig@example.org"),
			&key));
	assert_done(s,
		record_set(s, &vs_campaign_type, "1",
			VALUES("delivery_contact=Ulf Hemlig",
				"delivery_mobile=070-555 55 55")));
	assert_done(s,
		record_add(s, &vs_association_type,
			VALUES("name=Kil", "contact_name=Hemlig", "note=Hemlig"), &key));
	assert_not_told(s, "emlig");
	assert_not_told(s, "Dolda");
	assert_not_told(s, "555");
	assert_int_equal(
		count_of(s,
			SQL("SELECT count(*) FROM history WHERE summary LIKE '%name%'")),
		5);
}

#define WITH(test) cmocka_unit_test_setup_teardown(test, scene_open, scene_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH(every_select_returns_the_fields_in_order),
		WITH(a_record_is_found_by_its_key_as_it_stands_in_the_list),
		WITH(every_statement_takes_the_writable_fields),
		cmocka_unit_test(every_description_is_whole),
		cmocka_unit_test(hyphens_count_as_underscores_in_a_field_name),
		WITH(text_is_cleaned_and_limited),
		WITH(integers_are_whole_and_within_bounds),
		WITH(reals_take_comma_or_point),
		WITH(booleans_are_yes_or_no),
		WITH(dates_exist),
		WITH(times_are_hours_and_two_digit_minutes),
		WITH(moments_exist_on_the_swedish_clock),
		WITH(money_is_kronor_with_ore),
		WITH(choices_are_known_by_value_or_label),
		WITH(codes_have_exactly_their_digits),
		WITH(references_are_typed_as_key_or_name),
		WITH(a_record_is_added_changed_and_removed),
		WITH(what_is_refused_writes_nothing),
		WITH(values_of_the_wrong_json_type_are_refused),
		WITH(a_duplicate_and_a_dangling_reference_are_told_apart),
		WITH(filters_take_keys_and_names),
		WITH(an_ambiguous_name_asks_for_the_key),
		WITH(a_place_of_a_common_name_is_found_with_its_kommun),
		WITH(records_survive_csv_out_and_in),
		WITH(money_in_csv_keeps_its_sign_and_ore),
		WITH(the_history_says_what_changed_from_what_to_what),
		WITH(personal_values_do_not_reach_the_history),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
