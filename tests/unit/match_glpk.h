/*
 * The least cost of a matching problem without fixed bookings and groups, as an integer
 * program for GLPK. Included by test_match.c.
 */

#define UNIT 60 /* minutes; all lengths are whole units */

struct program {
	glp_prob *lp;
	int rows[100000];
	int columns[100000];
	double values[100000];
	int count;
	int at[PEOPLE_MAX][SHIFTS_MAX][2]; /* columns; 0 = forbidden */
};

static int
add_column(struct program *program, double cost, double most, bool whole)
{
	int at = glp_add_cols(program->lp, 1);
	glp_set_obj_coef(program->lp, at, cost);
	glp_set_col_kind(program->lp, at, whole ? GLP_IV : GLP_CV);
	glp_set_col_bnds(program->lp, at, most > 0 ? GLP_DB : GLP_FX, 0, most);
	return at;
}

static int
add_row(struct program *program, int kind, double low, double high)
{
	int at = glp_add_rows(program->lp, 1);
	glp_set_row_bnds(program->lp, at, kind, low, high);
	return at;
}

static void
add_value(struct program *program, int row, int column, double value)
{
	program->count++;
	program->rows[program->count] = row;
	program->columns[program->count] = column;
	program->values[program->count] = value;
}

static bool
glpk_allowed(const struct world *world, int32_t p, int32_t s, int32_t r)
{
	const struct vs_match_person *person = &world->people[p];
	const struct vs_match_shift *shift = &world->shifts[s];
	bool fits = person->free_count == 0;
	for (int32_t i = 0; i < person->free_count; i++)
		fits |= person->free[i].starts <= shift->starts &&
			shift->ends <= person->free[i].ends;
	for (int32_t i = 0; i < person->blocked_count; i++)
		fits &= person->blocked[i] != s;
	if (person->home >= 0)
		fits &= world->travel[person->home * POINTS + shift->point] <=
			person->travel_max;
	return fits && (shift->roles[r].needs & ~person->skills) == 0;
}

static bool
glpk_clash(const struct world *world, int32_t s, int32_t t)
{
	const struct vs_match_shift *a = &world->shifts[s], *b = &world->shifts[t];
	if (b->starts < a->starts)
		return glpk_clash(world, t, s);
	int32_t gap = a->point == b->point
		? -world->problem.tolerance
		: world->problem.rest + world->travel[a->point * POINTS + b->point];
	return a->starts == b->starts || b->starts < a->ends + gap;
}

static double
glpk_price(const struct world *world, int32_t p, int32_t s)
{
	const struct vs_match_person *person = &world->people[p];
	bool wished = false;
	for (int32_t i = 0; i < person->wished_count; i++)
		wished |= person->wished[i] == s;
	double price = wished ? 0 : VS_MATCH_WISH_PRICE;
	if (person->home >= 0)
		price += VS_MATCH_TRAVEL_PRICE *
			world->travel[person->home * POINTS + world->shifts[s].point];
	return price;
}

/* Hours, the day, and what each hour costs more than the one before. */
static void
glpk_person(struct program *program, const struct world *world, int32_t p)
{
	const struct vs_match_person *person = &world->people[p];
	int hours = add_row(program, GLP_FX, 0, 0), days[3];
	double most =
		person->minutes_max == VS_MATCH_ANY ? 40 : person->minutes_max / UNIT;
	double in_day = person->day_minutes_max == VS_MATCH_ANY
		? 40
		: person->day_minutes_max / UNIT;
	for (int day = 0; day < 3; day++)
		days[day] = add_row(program, GLP_UP, 0, in_day);
	for (int k = 0; k < 40 && k < most; k++)
		add_value(program, hours,
			add_column(program, 16.0 * ((k + 1) * (k + 1) - k * k), 1, false),
			-1);
	for (int32_t s = 0; s < world->problem.shift_count; s++)
		for (int32_t r = 0; r < world->shifts[s].role_count; r++) {
			if (!glpk_allowed(world, p, s, r))
				continue;
			const struct vs_match_shift *shift = &world->shifts[s];
			int column =
				add_column(program, glpk_price(world, p, s), 1, true);
			program->at[p][s][r] = column;
			double length = (shift->ends - shift->starts) / UNIT;
			add_value(program, hours, column, length);
			add_value(program, days[shift->starts / 1440], column, length);
		}
	for (int32_t s = 0; s < world->problem.shift_count; s++)
		for (int32_t t = 0; t <= s; t++) {
			if (!glpk_clash(world, s, t))
				continue;
			int row = add_row(program, GLP_UP, 0, 1);
			for (int r = 0; r < 2; r++) {
				if (program->at[p][s][r])
					add_value(program, row, program->at[p][s][r], 1);
				if (s != t && program->at[p][t][r])
					add_value(program, row, program->at[p][t][r], 1);
			}
		}
}

static void
glpk_shift(struct program *program, const struct world *world, int32_t s)
{
	const struct vs_match_shift *shift = &world->shifts[s];
	int any = add_row(program, GLP_UP, 0, 0), two = add_row(program, GLP_LO, 0, 0);
	int used = add_column(program, 0, 1, true);
	int alone = add_column(program, shift->pair ? VS_MATCH_PAIR_PRICE : 0, 1, true);
	add_value(program, any, used, -100);
	add_value(program, two, used, -2);
	add_value(program, two, alone, 1);
	for (int32_t r = 0; r < shift->role_count; r++) {
		const struct vs_match_role *role = &shift->roles[r];
		int places = add_row(program, GLP_FX, role->wanted, role->wanted);
		add_value(program, places,
			add_column(program, VS_MATCH_NEEDED_PRICE, role->least, false),
			1);
		add_value(program, places,
			add_column(program, VS_MATCH_WANTED_PRICE,
				role->wanted - role->least, false),
			1);
		for (int32_t p = 0; p < world->problem.person_count; p++) {
			int column = program->at[p][s][r];
			if (!column)
				continue;
			add_value(program, places, column, 1);
			add_value(program, any, column, 1);
			add_value(program, two, column, 1);
		}
	}
}

static int64_t
glpk_least(const struct world *world)
{
	static struct program program;
	memset(&program, 0, sizeof program);
	program.lp = glp_create_prob();
	glp_set_obj_dir(program.lp, GLP_MIN);
	for (int32_t p = 0; p < world->problem.person_count; p++)
		glpk_person(&program, world, p);
	for (int32_t s = 0; s < world->problem.shift_count; s++)
		glpk_shift(&program, world, s);
	glp_load_matrix(
		program.lp, program.count, program.rows, program.columns, program.values);
	glp_iocp how;
	glp_init_iocp(&how);
	how.presolve = GLP_ON;
	how.msg_lev = GLP_MSG_OFF;
	assert_int_equal(glp_intopt(program.lp, &how), 0);
	assert_int_equal(glp_mip_status(program.lp), GLP_OPT);
	int64_t least = (int64_t)(glp_mip_obj_val(program.lp) + 0.5);
	glp_delete_prob(program.lp);
	glp_free_env();
	return least;
}
