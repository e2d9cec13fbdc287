/* SPDX-License-Identifier: GPL-2.0-only */
/* snprintf() */

#include <xtf.h>

struct output {
    char *buf;
    size_t size;
    size_t len; /* What it would need, whatever the size. */
};

struct conversion {
    bool left, zero, alternate, plus, space;
    int width;
    int precision; /* -1 if there is none. */
};

static void put(struct output *out, char c)
{
    if ( out->len < out->size )
        out->buf[out->len] = c;
    out->len++;
}

static void pad(struct output *out, char c, int count)
{
    while ( count-- > 0 )
        put(out, c);
}

static void put_string(struct output *out, const struct conversion *conv,
                       const char *s)
{
    int len = strnlen(s, conv->precision < 0 ? __INT_MAX__ : conv->precision);

    if ( !conv->left )
        pad(out, ' ', conv->width - len);
    for ( int i = 0; i < len; i++ )
        put(out, s[i]);
    if ( conv->left )
        pad(out, ' ', conv->width - len);
}

static void put_number(struct output *out, const struct conversion *conv,
                       unsigned long value, bool negative, unsigned int base,
                       bool upper)
{
    const char *digits = upper ? "0123456789ABCDEF" : "0123456789abcdef";
    char reversed[24], prefix[3];
    int nr = 0, nr_prefix = 0, zeroes, blanks;

    if ( negative )
        prefix[nr_prefix++] = '-';
    else if ( conv->plus )
        prefix[nr_prefix++] = '+';
    else if ( conv->space )
        prefix[nr_prefix++] = ' ';

    if ( conv->alternate && base == 16 && value )
    {
        prefix[nr_prefix++] = '0';
        prefix[nr_prefix++] = upper ? 'X' : 'x';
    }

    while ( value )
    {
        reversed[nr++] = digits[value % base];
        value /= base;
    }

    zeroes = (conv->precision < 0 ? 1 : conv->precision) - nr;
    if ( conv->zero && !conv->left && conv->precision < 0 )
        zeroes = max(zeroes, conv->width - nr_prefix - nr);
    zeroes = max(zeroes, 0);
    blanks = conv->width - nr_prefix - zeroes - nr;

    if ( !conv->left )
        pad(out, ' ', blanks);
    for ( int i = 0; i < nr_prefix; i++ )
        put(out, prefix[i]);
    pad(out, '0', zeroes);
    while ( nr )
        put(out, reversed[--nr]);
    if ( conv->left )
        pad(out, ' ', blanks);
}

/* A number in the format, or * for an argument. */
static int parse_count(const char **fmt, va_list *args)
{
    int count = 0;

    if ( **fmt == '*' )
    {
        ++*fmt;
        return va_arg(*args, int);
    }

    for ( ; **fmt >= '0' && **fmt <= '9'; ++*fmt )
        count = count * 10 + **fmt - '0';

    return count;
}

static const char *parse_conversion(const char *fmt, struct conversion *conv,
                                    va_list *args)
{
    *conv = (struct conversion){ .precision = -1 };

    for ( ; ; fmt++ )
    {
        if ( *fmt == '-' )
            conv->left = true;
        else if ( *fmt == '0' )
            conv->zero = true;
        else if ( *fmt == '#' )
            conv->alternate = true;
        else if ( *fmt == '+' )
            conv->plus = true;
        else if ( *fmt == ' ' )
            conv->space = true;
        else
            break;
    }

    conv->width = parse_count(&fmt, args);
    if ( conv->width < 0 )
    {
        conv->left = true;
        conv->width = -conv->width;
    }

    if ( *fmt == '.' )
    {
        fmt++;
        conv->precision = max(parse_count(&fmt, args), -1);
    }

    return fmt;
}

static long signed_argument(va_list *args, int length)
{
    if ( length > 0 )
        return va_arg(*args, long);
    if ( length == -1 )
        return (short)va_arg(*args, int);
    if ( length < -1 )
        return (signed char)va_arg(*args, int);

    return va_arg(*args, int);
}

static unsigned long unsigned_argument(va_list *args, int length)
{
    if ( length > 0 )
        return va_arg(*args, unsigned long);
    if ( length == -1 )
        return (unsigned short)va_arg(*args, unsigned int);
    if ( length < -1 )
        return (unsigned char)va_arg(*args, unsigned int);

    return va_arg(*args, unsigned int);
}

int vsnprintf(char *buf, size_t size, const char *fmt, va_list caller_args)
{
    struct output out = { .buf = buf, .size = size };
    va_list args;

    va_copy(args, caller_args);

    for ( ; *fmt; fmt++ )
    {
        struct conversion conv;
        int length = 0;
        long value;

        if ( *fmt != '%' )
        {
            put(&out, *fmt);
            continue;
        }

        fmt = parse_conversion(fmt + 1, &conv, &args);

        for ( ; ; fmt++ )
        {
            if ( *fmt == 'l' || *fmt == 'z' || *fmt == 'j' || *fmt == 't' )
                length++;
            else if ( *fmt == 'h' )
                length--;
            else
                break;
        }

        switch ( *fmt )
        {
        case 'd':
        case 'i':
            value = signed_argument(&args, length);
            put_number(&out, &conv, value < 0 ? -(unsigned long)value
                                                      : (unsigned long)value,
                       value < 0, 10, false);
            break;

        case 'u':
            put_number(&out, &conv, unsigned_argument(&args, length), false,
                       10, false);
            break;

        case 'x':
        case 'X':
            put_number(&out, &conv, unsigned_argument(&args, length), false,
                       16, *fmt == 'X');
            break;

        case 'p':
            if ( conv.precision < 0 )
                conv.precision = 16;
            put_number(&out, &conv, (unsigned long)va_arg(args, void *),
                       false, 16, false);
            break;

        case 's':
        {
            const char *s = va_arg(args, const char *);

            put_string(&out, &conv, s ? s : "(null)");
            break;
        }

        case 'c':
            pad(&out, ' ', conv.left ? 0 : conv.width - 1);
            put(&out, va_arg(args, int));
            pad(&out, ' ', conv.left ? conv.width - 1 : 0);
            break;

        case '%':
            put(&out, '%');
            break;

        case '\0':
            fmt--; /* A lone % at the end. */
            break;

        default:
            put(&out, '%');
            put(&out, *fmt);
            break;
        }
    }

    va_end(args);

    if ( size )
        buf[min(out.len, size - 1)] = '\0';

    return out.len;
}

int snprintf(char *buf, size_t size, const char *fmt, ...)
{
    va_list args;
    int len;

    va_start(args, fmt);
    len = vsnprintf(buf, size, fmt, args);
    va_end(args);

    return len;
}
