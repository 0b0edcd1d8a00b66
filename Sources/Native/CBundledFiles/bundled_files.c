#include "bundled_files.h"

// To bundle a file: its #embed here, and its row in the table.
static const uint8_t labels_four_classes[] = {
#embed "../../../Datasets/LabelMaps/four-classes.yaml"
};
static const uint8_t labels_nineteen_classes[] = {
#embed "../../../Datasets/LabelMaps/nineteen-classes.yaml"
};
static const uint8_t labels_nineteen_classes_learning_ids[] = {
#embed "../../../Datasets/LabelMaps/nineteen-classes-learning-ids.yaml"
};
static const uint8_t labels_nuscenes_sixteen[] = {
#embed "../../../Datasets/LabelMaps/nuscenes-sixteen.yaml"
};
static const uint8_t models_front[] = {
#embed "../../../Models/front.safetensors"
};
static const uint8_t models_front_small[] = {
#embed "../../../Models/front-small.safetensors"
};
static const uint8_t models_sweep[] = {
#embed "../../../Models/sweep.safetensors"
};
static const uint8_t models_sha256sums[] = {
#embed "../../../Models/SHA256SUMS"
};
static const uint8_t recipes_ablation[] = {
#embed "../../../Sources/Recipes/Shipped/ablation.yaml"
};
static const uint8_t recipes_ablation_labels[] = {
#embed "../../../Sources/Recipes/Shipped/ablation-labels.yaml"
};
static const uint8_t recipes_adapt[] = {
#embed "../../../Sources/Recipes/Shipped/adapt.yaml"
};
static const uint8_t recipes_intensity[] = {
#embed "../../../Sources/Recipes/Shipped/intensity.yaml"
};
static const uint8_t recipes_ray_drop[] = {
#embed "../../../Sources/Recipes/Shipped/ray-drop.yaml"
};
static const uint8_t recipes_search_front[] = {
#embed "../../../Sources/Recipes/Shipped/search-front.yaml"
};
static const uint8_t recipes_squeezesegv2_kitti4[] = {
#embed "../../../Sources/Recipes/Shipped/squeezesegv2-kitti4.yaml"
};
static const uint8_t recipes_squeezesegv2_small[] = {
#embed "../../../Sources/Recipes/Shipped/squeezesegv2-small.yaml"
};
static const uint8_t recipes_squeezesegv2_sweep[] = {
#embed "../../../Sources/Recipes/Shipped/squeezesegv2-sweep.yaml"
};
static const uint8_t sensors_hdl32e[] = {
#embed "../../../Calibration/Sensors/Tables/hdl32e.yaml"
};
static const uint8_t sensors_hdl64e_kitti[] = {
#embed "../../../Calibration/Sensors/Tables/hdl64e-kitti.yaml"
};
static const uint8_t sensors_hdl64e_s2_sztaki[] = {
#embed "../../../Calibration/Sensors/Tables/hdl64e-s2-sztaki.yaml"
};
static const uint8_t sensors_hdl64e_s3_xiesc[] = {
#embed "../../../Calibration/Sensors/Tables/hdl64e-s3-xiesc.yaml"
};
static const uint8_t sensors_hdl64e_utexas[] = {
#embed "../../../Calibration/Sensors/Tables/hdl64e-utexas.yaml"
};
static const uint8_t sensors_os1_128_nominal[] = {
#embed "../../../Calibration/Sensors/Tables/os1-128-nominal.yaml"
};
static const uint8_t sensors_os1_64[] = {
#embed "../../../Calibration/Sensors/Tables/os1-64.yaml"
};
static const uint8_t sensors_vlp16[] = {
#embed "../../../Calibration/Sensors/Tables/vlp16.yaml"
};

#define ROW(name, array) {name, array, sizeof array}

static const bundled_file files[] = {
    ROW("labels/four-classes.yaml", labels_four_classes),
    ROW("labels/nineteen-classes.yaml", labels_nineteen_classes),
    ROW("labels/nineteen-classes-learning-ids.yaml", labels_nineteen_classes_learning_ids),
    ROW("labels/nuscenes-sixteen.yaml", labels_nuscenes_sixteen),
    ROW("models/SHA256SUMS", models_sha256sums),
    ROW("models/front-small.safetensors", models_front_small),
    ROW("models/front.safetensors", models_front),
    ROW("models/sweep.safetensors", models_sweep),
    ROW("recipes/ablation-labels.yaml", recipes_ablation_labels),
    ROW("recipes/ablation.yaml", recipes_ablation),
    ROW("recipes/adapt.yaml", recipes_adapt),
    ROW("recipes/intensity.yaml", recipes_intensity),
    ROW("recipes/ray-drop.yaml", recipes_ray_drop),
    ROW("recipes/search-front.yaml", recipes_search_front),
    ROW("recipes/squeezesegv2-kitti4.yaml", recipes_squeezesegv2_kitti4),
    ROW("recipes/squeezesegv2-small.yaml", recipes_squeezesegv2_small),
    ROW("recipes/squeezesegv2-sweep.yaml", recipes_squeezesegv2_sweep),
    ROW("sensors/hdl32e.yaml", sensors_hdl32e),
    ROW("sensors/hdl64e-kitti.yaml", sensors_hdl64e_kitti),
    ROW("sensors/hdl64e-s2-sztaki.yaml", sensors_hdl64e_s2_sztaki),
    ROW("sensors/hdl64e-s3-xiesc.yaml", sensors_hdl64e_s3_xiesc),
    ROW("sensors/hdl64e-utexas.yaml", sensors_hdl64e_utexas),
    ROW("sensors/os1-128-nominal.yaml", sensors_os1_128_nominal),
    ROW("sensors/os1-64.yaml", sensors_os1_64),
    ROW("sensors/vlp16.yaml", sensors_vlp16),
};

size_t bundled_file_count(void) { return sizeof files / sizeof files[0]; }

bundled_file bundled_file_at(size_t position) { return files[position]; }
