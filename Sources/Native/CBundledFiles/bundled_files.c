#include "bundled_files.h"

// To bundle a file: its #embed here, and its row in the table.
static const uint8_t labels_four_classes[] = {
#embed "../../../Datasets/LabelMaps/four-classes.yaml"
};

#define ROW(name, array) {name, array, sizeof array}

static const bundled_file files[] = {
    ROW("labels/four-classes.yaml", labels_four_classes),
};

size_t bundled_file_count(void) { return sizeof files / sizeof files[0]; }

bundled_file bundled_file_at(size_t position) { return files[position]; }
