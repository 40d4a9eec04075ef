/* Mails as files: a folder of .eml that appears when it is complete. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/i18n.h"
#include "exchange/mail.h"

static bool
fail_folder(const char *folder, struct vs_error *err)
{
	return vs_fail(err, VS_IO, _("%s cannot be made: %s"), folder, strerror(errno));
}

/* "0001-booking-17-confirmation-1.eml". Arena. */
static const char *
file_name(struct vs_arena *arena, size_t number, const char *message_id)
{
	char *name = vs_arena_printf(arena, "%04zu-%.80s", number, message_id);
	size_t length = strcspn(name, "@");
	name[length] = '\0';
	for (char *at = name; *at; at++)
		if (!strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
			    "0123456789-_",
			    *at))
			*at = '-';
	return vs_arena_printf(arena, "%s.eml", name);
}

static bool
write_mail(const char *folder, const struct vs_mail *mail, size_t number,
	struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(vs_buffer) out = { 0 };
	if (!vs_mail_message(mail, &out, err))
		return false;
	const char *path = vs_arena_printf(scratch.arena, "%s/%s", folder,
		file_name(scratch.arena, number, mail->message_id));
	return vs_file_write(path, out.data, out.length, err);
}

static void
remove_folder(const char *folder)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	DIR *listing = opendir(folder);
	for (struct dirent *entry; listing && (entry = readdir(listing));)
		if (entry->d_name[0] != '.')
			unlink(vs_arena_printf(
				scratch.arena, "%s/%s", folder, entry->d_name));
	if (listing)
		closedir(listing);
	rmdir(folder);
}

bool
vs_mail_write(const char *folder, const struct vs_mail *mails, size_t count,
	struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	size_t length = strlen(folder);
	while (length > 1 && folder[length - 1] == '/')
		length--;
	const char *plain = vs_arena_copy(scratch.arena, folder, length);
	char *made = vs_arena_printf(scratch.arena, "%s.XXXXXX", plain);
	if (!mkdtemp(made))
		return fail_folder(plain, err);
	bool good = true;
	for (size_t i = 0; good && i < count; i++)
		good = write_mail(made, &mails[i], i + 1, err);
	if (good && rename(made, plain) != 0)
		good = errno == ENOTEMPTY || errno == EEXIST || errno == ENOTDIR
			? vs_fail(err, VS_EXISTS,
				  _("%s is there already; name a new folder for the mails"),
				  plain)
			: fail_folder(plain, err);
	if (!good)
		remove_folder(made);
	return good && vs_file_sync_directory(plain, err);
}
