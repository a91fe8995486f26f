/* cap_shape: polygons and circles of a CAP area (CAP 1.2, 3.2.4, WGS 84). Pure.
 */
#ifndef GATEWAY_BULLETIN_CAP_SHAPE_H
#define GATEWAY_BULLETIN_CAP_SHAPE_H

#define CAP_SHAPE_POINTS_MAX 1000 /* of one polygon */

/* Each returns NULL, or a static phrase of what is wrong. */
/* "lat,lon lat,lon ...": on the globe, four pairs or more, the last one as the first, not crossing itself. */
const char *cap_shape_check_polygon(const char *text);
/* "lat,lon radius", in kilometres. */
const char *cap_shape_check_circle(const char *text);
/* A decimal number. */
const char *cap_shape_check_number(const char *text);
/* How many words, apart by white space. */
unsigned cap_shape_count_points(const char *text);

#endif
