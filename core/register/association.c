/* Local associations (partiföreningar) and who to call there. */
#include "register/register.h"

#include "base/i18n.h"

static const struct vs_field fields[] = {
	{ "id", VS_FIELD_INTEGER, VS_KEY | VS_READONLY, N_("no.") },
	{ "name", VS_FIELD_TEXT, VS_REQUIRED | VS_NAME, N_("association"),
		.max_length = 100 },
	{ "members", VS_FIELD_INTEGER, 0, N_("members"), .min = 0, .max = 1000000 },
	{ "kommuner", VS_FIELD_TEXT, VS_READONLY, N_("kommuner"),
		N_("set on the kommun: kommun set CODE --association NAME") },
	{ "contact_name", VS_FIELD_TEXT, VS_PERSONAL, N_("contact"), .max_length = 100 },
	{ "contact_phone", VS_FIELD_TEXT, VS_PERSONAL, N_("phone"), .max_length = 40 },
	{ "contact_email", VS_FIELD_TEXT, VS_PERSONAL | VS_HIDDEN, N_("e-mail"),
		.max_length = 100 },
	{ "deputy_name", VS_FIELD_TEXT, VS_PERSONAL, N_("deputy"), .max_length = 100 },
	{ "deputy_phone", VS_FIELD_TEXT, VS_PERSONAL | VS_HIDDEN, N_("deputy's phone"),
		.max_length = 40 },
	{ "note", VS_FIELD_TEXT, VS_PERSONAL | VS_HIDDEN, N_("note") },
};

#define ASSOCIATION_SELECT \
	"SELECT a.id, a.name, a.members," \
	" (SELECT group_concat(name, ', ') FROM (SELECT k.name FROM kommun k" \
	"  WHERE k.association_id = a.id ORDER BY k.name COLLATE swedish)) AS kommuner," \
	" a.contact_name, a.contact_phone, a.contact_email, a.deputy_name," \
	" a.deputy_phone, a.note FROM association a"

const struct vs_record_type vs_association_type = {
	.noun = N_("association"),
	.label = N_("associations"),
	.about = N_(
		"Local party associations: the kommuner they cover, members, contacts."),
	FIELDS(fields),
	.select = SQL(ASSOCIATION_SELECT " ORDER BY a.name COLLATE swedish"),
	.find = SQL(ASSOCIATION_SELECT " WHERE a.id = ?"),
	.insert =
		SQL("INSERT INTO association (name, members, contact_name, contact_phone,"
		    " contact_email, deputy_name, deputy_phone, note)"
		    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"),
	.update = SQL("UPDATE association SET name = ?, members = ?, contact_name = ?,"
		      " contact_phone = ?, contact_email = ?, deputy_name = ?,"
		      " deputy_phone = ?, note = ? WHERE id = ?"),
	.remove = SQL("DELETE FROM association WHERE id = ?"),
};
