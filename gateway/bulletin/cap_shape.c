#include "gateway/bulletin/cap_shape.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#define SPACE " \t\r\n"
#define LATITUDE_MAX 90.0
#define LONGITUDE_MAX 180.0
#define POLYGON_PAIRS_MIN 4
#define DIGITS_MAX 15 /* before the point, and behind it: what a double holds exactly enough */

struct point {
    double lat, lon;
};

/* Reads "-12.5", no exponent, whatever the locale; moves *text on. */
static bool read_number(double *value, const char **text)
{
    const char *at = *text;
    bool negative = *at == '-';
    at += *at == '-' || *at == '+';
    size_t whole = strspn(at, "0123456789"), part = 0;
    double number = 0, unit = 1;
    for (size_t i = 0; i < whole && whole <= DIGITS_MAX; i++)
        number = number * 10 + (at[i] - '0');
    at += whole;
    if (*at == '.') {
        part = strspn(++at, "0123456789");
        for (size_t i = 0; i < part && i < DIGITS_MAX; i++)
            number += (at[i] - '0') * (unit /= 10);
        at += part;
    }
    *value = negative ? -number : number;
    *text = at;
    return whole + part > 0 && whole <= DIGITS_MAX;
}

/* Reads "lat,lon", to white space or the end. */
static bool read_point(struct point *point, const char **text)
{
    if (!read_number(&point->lat, text) || *(*text)++ != ',')
        return false;
    return read_number(&point->lon, text) && (**text == '\0' || strchr(SPACE, **text) != NULL);
}

static const char *check_point(const struct point *point)
{
    bool on_globe = point->lat >= -LATITUDE_MAX && point->lat <= LATITUDE_MAX &&
                    point->lon >= -LONGITUDE_MAX && point->lon <= LONGITUDE_MAX;
    return on_globe ? NULL
                    : "latitude is from -90 to 90, longitude from -180 to 180, in this order";
}

/* Above 0 if c lies left of the line from a to b. */
static double side(const struct point *a, const struct point *b, const struct point *c)
{
    return (b->lon - a->lon) * (c->lat - a->lat) - (b->lat - a->lat) * (c->lon - a->lon);
}

/* Whether the inner parts of two lines cross; touching is none. */
static bool cross(const struct point a[2], const struct point b[2])
{
    return side(&a[0], &a[1], &b[0]) * side(&a[0], &a[1], &b[1]) < 0 &&
           side(&b[0], &b[1], &a[0]) * side(&b[0], &b[1], &a[1]) < 0;
}

static bool crosses_itself(const struct point *points, unsigned count)
{
    for (unsigned i = 0; i + 1 < count; i++)
        for (unsigned j = i + 2; j + 1 < count; j++)
            if (cross(&points[i], &points[j]))
                return true;
    return false;
}

const char *cap_shape_check_polygon(const char *text)
{
    struct point points[CAP_SHAPE_POINTS_MAX];
    unsigned count = 0;
    for (text += strspn(text, SPACE); *text != '\0'; text += strspn(text, SPACE)) {
        if (count == CAP_SHAPE_POINTS_MAX)
            return "over 1000 points";
        if (!read_point(&points[count], &text))
            return "is pairs lat,lon in decimal degrees with a point, apart by blanks";
        const char *why = check_point(&points[count++]);
        if (why != NULL)
            return why;
    }
    if (count < POLYGON_PAIRS_MIN)
        return "has four pairs or more";
    if (points[0].lat != points[count - 1].lat || points[0].lon != points[count - 1].lon)
        return "is not closed: its last pair must be its first";
    return crosses_itself(points, count) ? "crosses itself" : NULL;
}

const char *cap_shape_check_circle(const char *text)
{
    static const char form[] = "is \"lat,lon radius\": a point, a blank, kilometres";
    struct point centre;
    double radius_km;
    if (!read_point(&centre, &text))
        return form;
    text += strspn(text, SPACE);
    if (*text == '\0' || !read_number(&radius_km, &text) || *text != '\0' || radius_km < 0)
        return form;
    return check_point(&centre);
}

const char *cap_shape_check_number(const char *text)
{
    double value;
    return read_number(&value, &text) && *text == '\0' ? NULL : "must be a number of feet";
}

unsigned cap_shape_count_points(const char *text)
{
    unsigned count = 0;
    for (text += strspn(text, SPACE); *text != '\0'; text += strspn(text, SPACE)) {
        text += strcspn(text, SPACE);
        count++;
    }
    return count;
}
