/* A hash table from text to pointer (open addressing), and piles of pointers. */
#include "exchange/exchange.h"

#include <string.h>

struct names_slot {
	const char *key;
	void *value; /* NULL with a key: dropped */
	uint64_t hash;
};

/* Eight bytes at a time. */
static uint64_t
hash_text(const char *text)
{
	size_t length = strlen(text);
	uint64_t hash = length * 0x9e3779b97f4a7c15u, word = 0;
	for (; length >= sizeof word; text += sizeof word, length -= sizeof word) {
		memcpy(&word, text, sizeof word);
		hash = (hash ^ word) * 0x9fb21c651e98df25u;
		hash ^= hash >> 32;
	}
	word = 0;
	memcpy(&word, text, length);
	hash = (hash ^ word) * 0x9fb21c651e98df25u;
	return hash ^ hash >> 32;
}

/* Where the key is, or where it would be put. */
static struct names_slot *
find(const struct names *names, const char *key, uint64_t hash)
{
	size_t at = hash & (names->size - 1);
	for (;; at = (at + 1) & (names->size - 1)) {
		struct names_slot *slot = &names->slots[at];
		if (!slot->key || (slot->hash == hash && strcmp(slot->key, key) == 0))
			return slot;
	}
}

void *
names_get(const struct names *names, const char *key)
{
	return names->size ? find(names, key, hash_text(key))->value : NULL;
}

static void
grow(struct names *names)
{
	struct names wider = { .arena = names->arena };
	wider.size = names->size ? names->size * 4 : 256;
	wider.slots = vs_arena_alloc(names->arena, wider.size * sizeof *wider.slots);
	for (size_t i = 0; i < names->size; i++)
		if (names->slots[i].value) {
			*find(&wider, names->slots[i].key, names->slots[i].hash) =
				names->slots[i];
			wider.count++;
		}
	*names = wider;
}

void
names_put(struct names *names, const char *key, void *value)
{
	if (names->count * 2 >= names->size)
		grow(names);
	uint64_t hash = hash_text(key);
	struct names_slot *slot = find(names, key, hash);
	if (!slot->key)
		names->count++;
	*slot = (struct names_slot){ key, value, hash };
}

void
names_drop(struct names *names, const char *key)
{
	if (names->size)
		find(names, key, hash_text(key))->value = NULL;
}

void
pile_add(struct vs_arena *arena, struct pile *pile, void *item)
{
	if (pile->count == pile->capacity) {
		size_t capacity = pile->capacity ? pile->capacity * 2 : 8;
		void **items = vs_arena_alloc(arena, capacity * sizeof *items);
		if (pile->count)
			memcpy(items, pile->items, pile->count * sizeof *items);
		pile->items = items;
		pile->capacity = capacity;
	}
	pile->items[pile->count++] = item;
}
