#include "gateway/bulletin/pack_predict.h"

#include <string.h>

#define LOGS 256
#define LOG_OF_2 177 /* 1/256 nat */
#define WEIGHT_ONE 4096
#define BIAS_ONE 256
#define SQUASH_STEPS 96
#define SQUASH_STEP 32 /* 1/256 nat */
#define ODDS_MAX (SQUASH_STEPS * SQUASH_STEP - 1)
#define WHOLE_PREFIXES 32
#define NUMBER_STATES 3

/* round(256 ln(n + 0.15)) */
static const int16_t logs[LOGS] = {-486, 36, 196, 294, 364, 420, 465, 504, 537, 567, 593, 617, 639,
    660, 678, 696, 712, 728, 742, 756, 769, 781, 793, 804, 815, 826, 836, 845, 854, 863, 872, 880,
    888, 896, 904, 911, 918, 925, 932, 939, 945, 952, 958, 964, 970, 975, 981, 986, 992, 997, 1002,
    1007, 1012, 1017, 1022, 1027, 1031, 1036, 1040, 1044, 1049, 1053, 1057, 1061, 1065, 1069, 1073,
    1077, 1081, 1084, 1088, 1092, 1095, 1099, 1102, 1106, 1109, 1113, 1116, 1119, 1122, 1125, 1129,
    1132, 1135, 1138, 1141, 1144, 1147, 1150, 1152, 1155, 1158, 1161, 1163, 1166, 1169, 1172, 1174,
    1177, 1179, 1182, 1184, 1187, 1189, 1192, 1194, 1197, 1199, 1201, 1204, 1206, 1208, 1211, 1213,
    1215, 1217, 1219, 1222, 1224, 1226, 1228, 1230, 1232, 1234, 1236, 1238, 1240, 1242, 1244, 1246,
    1248, 1250, 1252, 1254, 1256, 1258, 1260, 1262, 1264, 1265, 1267, 1269, 1271, 1273, 1274, 1276,
    1278, 1280, 1281, 1283, 1285, 1286, 1288, 1290, 1291, 1293, 1295, 1296, 1298, 1299, 1301, 1303,
    1304, 1306, 1307, 1309, 1310, 1312, 1313, 1315, 1316, 1318, 1319, 1321, 1322, 1324, 1325, 1327,
    1328, 1330, 1331, 1332, 1334, 1335, 1337, 1338, 1339, 1341, 1342, 1343, 1345, 1346, 1347, 1349,
    1350, 1351, 1353, 1354, 1355, 1357, 1358, 1359, 1360, 1362, 1363, 1364, 1365, 1367, 1368, 1369,
    1370, 1371, 1373, 1374, 1375, 1376, 1377, 1379, 1380, 1381, 1382, 1383, 1384, 1386, 1387, 1388,
    1389, 1390, 1391, 1392, 1393, 1395, 1396, 1397, 1398, 1399, 1400, 1401, 1402, 1403, 1404, 1405,
    1406, 1407, 1408, 1410, 1411, 1412, 1413, 1414, 1415, 1416, 1417, 1418, 1419};

/* round(65536 / (1 + exp(-i / 8))) */
static const uint16_t squash[SQUASH_STEPS + 1] = {32768, 34813, 36843, 38841, 40793, 42687, 44511,
    46254, 47911, 49474, 50941, 52310, 53581, 54754, 55834, 56822, 57724, 58544, 59287, 59959,
    60565, 61109, 61598, 62036, 62428, 62778, 63090, 63368, 63615, 63835, 64030, 64203, 64357,
    64494, 64614, 64721, 64816, 64900, 64974, 65039, 65097, 65149, 65194, 65234, 65269, 65300,
    65328, 65352, 65374, 65393, 65410, 65425, 65438, 65449, 65459, 65468, 65476, 65483, 65489,
    65495, 65500, 65504, 65508, 65511, 65514, 65517, 65519, 65521, 65523, 65524, 65526, 65527,
    65528, 65529, 65530, 65530, 65531, 65532, 65532, 65533, 65533, 65533, 65534, 65534, 65534,
    65534, 65535, 65535, 65535, 65535, 65535, 65535, 65535, 65535, 65535, 65535, 65535};

/* The least count of each level; from MIXED_LEVELS on the same for counts of both bits. */
#define MIXED_LEVELS 8
static const uint32_t levels[MIXED_LEVELS] = {0, 1, 2, 3, 4, 6, 12, 40};

static int32_t find_log(uint32_t count)
{
    int32_t more = 0;
    for (; count >= LOGS; count /= 2)
        more += LOG_OF_2;
    return logs[count] + more;
}

static unsigned find_level(uint32_t zeros, uint32_t ones)
{
    unsigned level = MIXED_LEVELS - 1;
    while (zeros + ones < levels[level])
        level--;
    return zeros > 0 && ones > 0 ? level + MIXED_LEVELS : level;
}

static unsigned find_prefix_row(const struct pack_predictor *p)
{
    unsigned row = p->prefix;
    if (row < WHOLE_PREFIXES)
        return row;
    for (row = WHOLE_PREFIXES; p->prefix >> (row - WHOLE_PREFIXES + 6) != 0;)
        row++;
    return row;
}

void pack_predict_begin(struct pack_predictor *predictor, const struct pack_counts *counts)
{
    for (unsigned c = 0; c < PACK_CONTEXT_COUNT; c++) {
        uint32_t sum = 0;
        for (unsigned byte = 0; byte < 256; byte++) {
            predictor->below[c][byte] = sum;
            sum += counts->count[c][byte];
        }
        predictor->below[c][256] = sum;
    }
    predictor->order_row = counts->order * NUMBER_STATES + counts->numbers;
    predictor->last_row = counts->last;
    predictor->letters_row = counts->letters;
    predictor->prefix = 1;
    predictor->first = 0;
    predictor->span = 256;
}

void pack_predict_inputs(struct pack_inputs *inputs, const struct pack_predictor *predictor)
{
    const struct pack_predictor *p = predictor;
    unsigned middle = p->first + p->span / 2;
    inputs->prefix_row = find_prefix_row(p);
    for (unsigned c = 0; c < PACK_CONTEXT_COUNT; c++) {
        uint32_t zeros = p->below[c][middle] - p->below[c][p->first];
        uint32_t ones = p->below[c][p->first + p->span] - p->below[c][middle];
        inputs->level[c] = find_level(zeros, ones);
        inputs->odds[c] = find_log(ones) - find_log(zeros);
    }
}

static uint32_t find_probability(int32_t odds)
{
    uint32_t size = (uint32_t)(odds < 0 ? -odds : odds);
    uint32_t step = size / SQUASH_STEP;
    uint32_t p =
        squash[step] + (squash[step + 1] - squash[step]) * (size % SQUASH_STEP) / SQUASH_STEP;
    return odds < 0 ? PACK_CERTAIN - p : p;
}

uint32_t pack_predict_bit(const struct pack_predictor *predictor)
{
    const struct pack_predictor *p = predictor;
    const struct pack_weights *w = &pack_weights;
    struct pack_inputs in;
    pack_predict_inputs(&in, p);
    int64_t sum = (int64_t)w->bias[in.prefix_row] * BIAS_ONE;
    for (unsigned c = 0; c < PACK_CONTEXT_COUNT; c++) {
        int32_t weight = w->order[p->order_row][c] + w->prefix[in.prefix_row][c] +
                         w->last[p->last_row][c] + w->letters[p->letters_row][c] +
                         w->seen[in.level[c]][c];
        if (in.level[c] > 0)
            sum += (int64_t)in.odds[c] * weight;
    }
    sum /= WEIGHT_ONE;
    int64_t limited = sum > ODDS_MAX ? ODDS_MAX : sum < -ODDS_MAX ? -ODDS_MAX : sum;
    return find_probability((int32_t)limited);
}

void pack_predict_take(struct pack_predictor *predictor, unsigned bit)
{
    predictor->span /= 2;
    predictor->first += bit * predictor->span;
    predictor->prefix = predictor->prefix * 2 + bit;
}
