/*
 * Eligible voters and what follows from them. The free quota is three ballots per eligible
 * voter, for the riksdag in the constituency, in other elections in the whole area
 * (vallagen 6:8).
 */
#include "register/register.h"

#include <string.h>

#include "base/i18n.h"

/* Entered figures count only when every constituency of the base has one. */
static bool
entered(struct vs_db *db, const char *kind, const char *area_code, const char *code,
	int64_t *ret_eligible, bool *ret_known, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT count(*), count(eligible), sum(eligible) FROM constituency"
			" WHERE kind = ?1 AND area_code = ?2 AND (?1 <> 'RD' OR code = ?3)"),
		    err))
		return false;
	stmt_bind(&q, kind);
	stmt_bind(&q, area_code);
	stmt_bind(&q, code);
	if (!stmt_row(&q, err))
		return false;
	*ret_known = stmt_int(&q, 0) > 0 && stmt_int(&q, 0) == stmt_int(&q, 1);
	*ret_eligible = stmt_int(&q, 2);
	return true;
}

/* From the districts' last count, by what the base is: one statement each, for the index. */
static const char *
count_sql(const char *kind)
{
	if (strcmp(kind, "KF") == 0)
		return SQL(
			"SELECT count(*), sum(r.eligible) FROM district d JOIN district_result r"
			" ON r.district_code = d.code AND r.kind = 'KF'"
			" WHERE d.kommun_code = ?1 AND ?2 IS NOT NULL");
	if (strcmp(kind, "RF") == 0)
		return SQL(
			"SELECT count(*), sum(r.eligible) FROM kommun k JOIN district d"
			" ON d.kommun_code = k.code JOIN district_result r"
			" ON r.district_code = d.code AND r.kind = 'RF'"
			" WHERE k.region_code = ?1 AND ?2 IS NOT NULL");
	if (strcmp(kind, "RD") == 0)
		return SQL(
			"SELECT count(*), sum(r.eligible) FROM kommun k JOIN district d"
			" ON d.kommun_code = k.code JOIN district_result r"
			" ON r.district_code = d.code AND r.kind = 'RD'"
			" WHERE ?1 IS NOT NULL AND k.riksdag_code = ?2");
	return SQL("SELECT count(*), sum(eligible) FROM district_result"
		   " WHERE kind = 'RD' AND ?1 IS NOT NULL AND ?2 IS NOT NULL");
}

static bool
counted(struct vs_db *db, const char *kind, const char *area_code, const char *code,
	int64_t *ret_eligible, bool *ret_known, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db, count_sql(kind), err))
		return false;
	stmt_bind(&q, area_code);
	stmt_bind(&q, code);
	if (!stmt_row(&q, err))
		return false;
	*ret_known = stmt_int(&q, 0) > 0;
	*ret_eligible = stmt_int(&q, 1);
	return true;
}

bool
register_eligible(struct vs_db *db, const char *kind, const char *area_code,
	const char *code, int64_t *ret_eligible, bool *ret_known, struct vs_error *err)
{
	if (!entered(db, kind, area_code, code, ret_eligible, ret_known, err))
		return false;
	return *ret_known ||
		counted(db, kind, area_code, code, ret_eligible, ret_known, err);
}

bool
register_check_factor(const char *noun, const json_t *record, struct vs_error *err)
{
	const json_t *factor = json_object_get(record, "quota_factor");
	if (json_is_null(factor) || json_number_value(factor) > 0)
		return true;
	return vs_fail(err, VS_INVALID,
		_("%s, field quota_factor: must be more than 0; the free quota is 3"),
		_(noun));
}

/* Sums over the campaign's quota bases: each area (riksdag: constituency) once. */
static bool
sum_kind(struct vs_db *db, const char *kind, int64_t *ret_eligible, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	*ret_eligible = 0;
	if (!stmt_open(&q, db,
		    SQL("SELECT DISTINCT area_code, CASE kind WHEN 'RD' THEN code ELSE '' END"
			" FROM constituency WHERE kind = ?"),
		    err))
		return false;
	stmt_bind(&q, kind);
	while (stmt_row(&q, err)) {
		int64_t eligible = 0;
		bool known;
		if (!register_eligible(db, kind, stmt_text(&q, 0), stmt_text(&q, 1),
			    &eligible, &known, err))
			return false;
		*ret_eligible += known ? eligible : 0;
	}
	return err->code == VS_OK;
}

static bool
count(struct vs_db *db, json_t *figures, const char *name, const char *sql,
	struct vs_error *err)
{
	int64_t value = 0;
	if (!db_int(db, sql, &value, err))
		return false;
	json_object_set_new(figures, name, json_integer(value));
	return true;
}

static bool
count_places(struct vs_db *db, json_t *figures, struct vs_error *err)
{
	return count(db, figures, "districts",
		       SQL("SELECT count(*) FROM district WHERE NOT collection"), err) &&
		count(db, figures, "polling_places",
			SQL("SELECT count(DISTINCT place_id) FROM district"), err) &&
		count(db, figures, "advance_places",
			SQL("SELECT count(*) FROM place WHERE advance_code IS NOT NULL OR id IN"
			    " (SELECT place_id FROM opening WHERE purpose = 'advance')"),
			err) &&
		count(db, figures, "place_days",
			SQL("SELECT count(*) FROM (SELECT DISTINCT place_id, date FROM opening"
			    " WHERE purpose = 'advance')"),
			err);
}

static bool
count_voters(struct vs_db *db, json_t *figures, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct vs_campaign campaign;
	if (!vs_campaign_get(db, scratch.arena, &campaign, err))
		return false;
	json_t *eligible = json_object(), *quota = json_object();
	json_object_set_new(figures, "eligible", eligible);
	json_object_set_new(figures, "quota", quota);
	for (const struct vs_choice *kind = register_kinds; kind->value; kind++) {
		int64_t voters;
		if (!vs_kinds_include(campaign.kinds, kind->value))
			continue;
		if (!sum_kind(db, kind->value, &voters, err))
			return false;
		json_object_set_new(eligible, kind->value, json_integer(voters));
		json_object_set_new(quota, kind->value, json_integer(3 * voters));
	}
	return true;
}

json_t *
vs_register_figures(struct vs_db *db, struct vs_error *err)
{
	json_t *figures = json_object();
	if (count_places(db, figures, err) && count_voters(db, figures, err))
		return figures;
	json_decref(figures);
	return NULL;
}
