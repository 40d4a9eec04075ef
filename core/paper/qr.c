/* QR codes: the only file that calls libqrencode. */
#include <qrencode.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "paper/paper.h"

static QRecLevel
level_of(const char *level)
{
	switch (level[0]) {
	case 'L':
		return QR_ECLEVEL_L;
	case 'Q':
		return QR_ECLEVEL_Q;
	case 'H':
		return QR_ECLEVEL_H;
	default:
		return QR_ECLEVEL_M;
	}
}

void
qr_done(struct qr_cache *cache)
{
	free(cache->text);
	free(cache->modules);
	*cache = (struct qr_cache){ 0 };
}

/* The same code stands on every page of a sheet, and choosing its mask is slow. */
static bool
encode(struct qr_cache *cache, const char *text, const char *level)
{
	if (cache->text && strcmp(cache->text, text) == 0 &&
		strcmp(cache->level, level) == 0)
		return true;
	qr_done(cache);
	QRcode *code = QRcode_encodeString(text, 0, level_of(level), QR_MODE_8, 1);
	if (!code)
		return false;
	size_t count = (size_t)code->width * (size_t)code->width;
	cache->text = strdup(text);
	cache->level = level;
	cache->side = code->width;
	cache->modules = malloc(count);
	if (!cache->text || !cache->modules)
		vs_abort("out of memory");
	for (size_t i = 0; i < count; i++)
		cache->modules[i] = code->data[i] & 1;
	QRcode_free(code);
	return true;
}

bool
qr_least(struct lay *l, const struct block *b, const char *text, double module,
	double *ret_size)
{
	if (!encode(l->qr, text, b->level))
		return lay_fail(l, b, _("the text is too long for a QR code"));
	*ret_size = (l->qr->side + 8) * module;
	return true;
}

bool
qr_lay(struct lay *l, const struct block *b, double x, double y, double size,
	const char *text)
{
	if (!encode(l->qr, text, b->level))
		return lay_fail(l, b, _("the text is too long for a QR code"));
	size_t count = (size_t)l->qr->side * (size_t)l->qr->side;
	uint8_t *modules = vs_arena_alloc(l->arena, count);
	memcpy(modules, l->qr->modules, count);
	struct op *op = lay_op(l, OP_QR);
	op->x = (float)x;
	op->y = (float)y;
	op->width = op->height = (float)size;
	op->count = (uint32_t)l->qr->side;
	op->modules = modules;
	return true;
}
