/* A growing run of bytes. */
#include <valstuga/base.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
reserve(struct vs_buffer *buffer, size_t more)
{
	size_t need;
	if (__builtin_add_overflow(buffer->length, more, &need) ||
		__builtin_add_overflow(need, 1, &need))
		vs_abort("a buffer outgrew the address space");
	if (need <= buffer->capacity)
		return;
	size_t capacity = buffer->capacity ? buffer->capacity : 256;
	while (capacity < need)
		capacity *= 2;
	buffer->data = realloc(buffer->data, capacity);
	if (!buffer->data)
		vs_abort("out of memory (%zu bytes)", capacity);
	buffer->capacity = capacity;
}

void
vs_buffer_append(struct vs_buffer *buffer, const void *bytes, size_t length)
{
	reserve(buffer, length);
	if (length)
		memcpy(buffer->data + buffer->length, bytes, length);
	buffer->length += length;
	buffer->data[buffer->length] = '\0';
}

void
vs_buffer_text(struct vs_buffer *buffer, const char *text)
{
	vs_buffer_append(buffer, text, strlen(text));
}

void
vs_buffer_printf(struct vs_buffer *buffer, const char *format, ...)
{
	va_list args, again;
	va_start(args, format);
	va_copy(again, args);
	int length = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (length < 0)
		vs_abort("bad format '%s'", format);
	reserve(buffer, (size_t)length);
	vsnprintf(buffer->data + buffer->length, (size_t)length + 1, format, again);
	buffer->length += (size_t)length;
	va_end(again);
}

void
vs_buffer_done(struct vs_buffer *buffer)
{
	free(buffer->data);
	*buffer = (struct vs_buffer){ 0 };
}
