#include "bundled_files.h"

// To bundle a file: its #embed here, and its row in the table.
static const uint8_t export_c_activate_f32[] = {
#embed "../../../Sources/Export/C/Parts/activate_f32.c"
};
static const uint8_t export_c_activation[] = {
#embed "../../../Sources/Export/C/Parts/activation.c"
};
static const uint8_t export_c_activation_sigmoid[] = {
#embed "../../../Sources/Export/C/Parts/activation_sigmoid.c"
};
static const uint8_t export_c_affine_f32[] = {
#embed "../../../Sources/Export/C/Parts/affine_f32.c"
};
static const uint8_t export_c_aggregate_f32[] = {
#embed "../../../Sources/Export/C/Parts/aggregate_f32.c"
};
static const uint8_t export_c_aggregate_u8[] = {
#embed "../../../Sources/Export/C/Parts/aggregate_u8.c"
};
static const uint8_t export_c_aggregation[] = {
#embed "../../../Sources/Export/C/Parts/aggregation.c"
};
static const uint8_t export_c_base[] = {
#embed "../../../Sources/Export/C/Parts/base.c"
};
static const uint8_t export_c_cell[] = {
#embed "../../../Sources/Export/C/Parts/cell.c"
};
static const uint8_t export_c_column_f32[] = {
#embed "../../../Sources/Export/C/Parts/column_f32.c"
};
static const uint8_t export_c_column_u8[] = {
#embed "../../../Sources/Export/C/Parts/column_u8.c"
};
static const uint8_t export_c_combine_f32[] = {
#embed "../../../Sources/Export/C/Parts/combine_f32.c"
};
static const uint8_t export_c_convert[] = {
#embed "../../../Sources/Export/C/Parts/convert.c"
};
static const uint8_t export_c_convolve_channels[] = {
#embed "../../../Sources/Export/C/Parts/convolve_channels.c"
};
static const uint8_t export_c_convolve_f32[] = {
#embed "../../../Sources/Export/C/Parts/convolve_f32.c"
};
static const uint8_t export_c_convolve_u8[] = {
#embed "../../../Sources/Export/C/Parts/convolve_u8.c"
};
static const uint8_t export_c_copy_f32[] = {
#embed "../../../Sources/Export/C/Parts/copy_f32.c"
};
static const uint8_t export_c_copy_u8[] = {
#embed "../../../Sources/Export/C/Parts/copy_u8.c"
};
static const uint8_t export_c_exponential[] = {
#embed "../../../Sources/Export/C/Parts/exponential.c"
};
static const uint8_t export_c_finish[] = {
#embed "../../../Sources/Export/C/Parts/finish.c"
};
static const uint8_t export_c_gather[] = {
#embed "../../../Sources/Export/C/Parts/gather.c"
};
static const uint8_t export_c_multiply_f32[] = {
#embed "../../../Sources/Export/C/Parts/multiply_f32.c"
};
static const uint8_t export_c_multiply_s8[] = {
#embed "../../../Sources/Export/C/Parts/multiply_s8.c"
};
static const uint8_t export_c_nearness[] = {
#embed "../../../Sources/Export/C/Parts/nearness.c"
};
static const uint8_t export_c_numbers[] = {
#embed "../../../Sources/Export/C/Parts/numbers.c"
};
static const uint8_t export_c_pool_max_f32[] = {
#embed "../../../Sources/Export/C/Parts/pool_max_f32.c"
};
static const uint8_t export_c_pool_max_u8[] = {
#embed "../../../Sources/Export/C/Parts/pool_max_u8.c"
};
static const uint8_t export_c_pool_mean_f32[] = {
#embed "../../../Sources/Export/C/Parts/pool_mean_f32.c"
};
static const uint8_t export_c_product[] = {
#embed "../../../Sources/Export/C/Parts/product.c"
};
static const uint8_t export_c_raise_f32[] = {
#embed "../../../Sources/Export/C/Parts/raise_f32.c"
};
static const uint8_t export_c_raise_u8[] = {
#embed "../../../Sources/Export/C/Parts/raise_u8.c"
};
static const uint8_t export_c_refine_f32[] = {
#embed "../../../Sources/Export/C/Parts/refine_f32.c"
};
static const uint8_t export_c_reshape_f32[] = {
#embed "../../../Sources/Export/C/Parts/reshape_f32.c"
};
static const uint8_t export_c_scale_f32[] = {
#embed "../../../Sources/Export/C/Parts/scale_f32.c"
};
static const uint8_t export_c_shift_f32[] = {
#embed "../../../Sources/Export/C/Parts/shift_f32.c"
};
static const uint8_t export_c_shuffle_f32[] = {
#embed "../../../Sources/Export/C/Parts/shuffle_f32.c"
};
static const uint8_t export_c_softmax_f32[] = {
#embed "../../../Sources/Export/C/Parts/softmax_f32.c"
};
static const uint8_t export_c_sum_channels_f32[] = {
#embed "../../../Sources/Export/C/Parts/sum_channels_f32.c"
};
static const uint8_t export_c_sum_near_f32[] = {
#embed "../../../Sources/Export/C/Parts/sum_near_f32.c"
};
static const uint8_t export_c_sum_neighbours_f32[] = {
#embed "../../../Sources/Export/C/Parts/sum_neighbours_f32.c"
};
static const uint8_t export_c_sum_pixels_f32[] = {
#embed "../../../Sources/Export/C/Parts/sum_pixels_f32.c"
};
static const uint8_t export_c_upsample_f32[] = {
#embed "../../../Sources/Export/C/Parts/upsample_f32.c"
};
static const uint8_t export_c_vectors[] = {
#embed "../../../Sources/Export/C/Parts/vectors.c"
};
static const uint8_t export_c_window[] = {
#embed "../../../Sources/Export/C/Parts/window.c"
};
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
static const uint8_t models_front_fast[] = {
#embed "../../../Models/front-fast.safetensors"
};
static const uint8_t models_front_small[] = {
#embed "../../../Models/front-small.safetensors"
};
static const uint8_t models_sweep[] = {
#embed "../../../Models/sweep.safetensors"
};
static const uint8_t models_sweep_fast[] = {
#embed "../../../Models/sweep-fast.safetensors"
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
static const uint8_t recipes_front_fast[] = {
#embed "../../../Sources/Recipes/Shipped/front-fast.yaml"
};
static const uint8_t recipes_sweep_fast[] = {
#embed "../../../Sources/Recipes/Shipped/sweep-fast.yaml"
};
static const uint8_t recipes_quantize[] = {
#embed "../../../Sources/Recipes/Shipped/quantize.yaml"
};
static const uint8_t recipes_quantize_search[] = {
#embed "../../../Sources/Recipes/Shipped/quantize-search.yaml"
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
static const uint8_t recipes_search_vlp16[] = {
#embed "../../../Sources/Recipes/Shipped/search-vlp16.yaml"
};
static const uint8_t recipes_search_widths[] = {
#embed "../../../Sources/Recipes/Shipped/search-widths.yaml"
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
static const uint8_t viewer_annotate_html[] = {
#embed "../../../Sources/Viewer/Page/annotate.html"
};
static const uint8_t viewer_annotate_actions_js[] = {
#embed "../../../Sources/Viewer/Page/annotate/actions.js"
};
static const uint8_t viewer_annotate_annotate_keys_js[] = {
#embed "../../../Sources/Viewer/Page/annotate/annotate-keys.js"
};
static const uint8_t viewer_annotate_annotate_css[] = {
#embed "../../../Sources/Viewer/Page/annotate/annotate.css"
};
static const uint8_t viewer_annotate_annotation_js[] = {
#embed "../../../Sources/Viewer/Page/annotate/annotation.js"
};
static const uint8_t viewer_annotate_box_edits_js[] = {
#embed "../../../Sources/Viewer/Page/annotate/box-edits.js"
};
static const uint8_t viewer_annotate_boxes_js[] = {
#embed "../../../Sources/Viewer/Page/annotate/boxes.js"
};
static const uint8_t viewer_annotate_choice_js[] = {
#embed "../../../Sources/Viewer/Page/annotate/choice.js"
};
static const uint8_t viewer_annotate_desk_js[] = {
#embed "../../../Sources/Viewer/Page/annotate/desk.js"
};
static const uint8_t viewer_annotate_hand_js[] = {
#embed "../../../Sources/Viewer/Page/annotate/hand.js"
};
static const uint8_t viewer_annotate_main_js[] = {
#embed "../../../Sources/Viewer/Page/annotate/main.js"
};
static const uint8_t viewer_annotate_objects_panel_js[] = {
#embed "../../../Sources/Viewer/Page/annotate/objects-panel.js"
};
static const uint8_t viewer_annotate_overlay_js[] = {
#embed "../../../Sources/Viewer/Page/annotate/overlay.js"
};
static const uint8_t viewer_annotate_picture_js[] = {
#embed "../../../Sources/Viewer/Page/annotate/picture.js"
};
static const uint8_t viewer_annotate_point_edits_js[] = {
#embed "../../../Sources/Viewer/Page/annotate/point-edits.js"
};
static const uint8_t viewer_annotate_steps_js[] = {
#embed "../../../Sources/Viewer/Page/annotate/steps.js"
};
static const uint8_t viewer_annotate_sweeps_list_js[] = {
#embed "../../../Sources/Viewer/Page/annotate/sweeps-list.js"
};
static const uint8_t viewer_camera_js[] = {
#embed "../../../Sources/Viewer/Page/camera.js"
};
static const uint8_t viewer_client_js[] = {
#embed "../../../Sources/Viewer/Page/client.js"
};
static const uint8_t viewer_colors_js[] = {
#embed "../../../Sources/Viewer/Page/colors.js"
};
static const uint8_t viewer_computed_points_js[] = {
#embed "../../../Sources/Viewer/Page/computed-points.js"
};
static const uint8_t viewer_connection_js[] = {
#embed "../../../Sources/Viewer/Page/connection.js"
};
static const uint8_t viewer_exposure_js[] = {
#embed "../../../Sources/Viewer/Page/exposure.js"
};
static const uint8_t viewer_frame_js[] = {
#embed "../../../Sources/Viewer/Page/frame.js"
};
static const uint8_t viewer_icon_svg[] = {
#embed "../../../Sources/Viewer/Page/icon.svg"
};
static const uint8_t viewer_index_html[] = {
#embed "../../../Sources/Viewer/Page/index.html"
};
static const uint8_t viewer_keys_js[] = {
#embed "../../../Sources/Viewer/Page/keys.js"
};
static const uint8_t viewer_latency_js[] = {
#embed "../../../Sources/Viewer/Page/latency.js"
};
static const uint8_t viewer_main_js[] = {
#embed "../../../Sources/Viewer/Page/main.js"
};
static const uint8_t viewer_matrix_js[] = {
#embed "../../../Sources/Viewer/Page/matrix.js"
};
static const uint8_t viewer_modes_js[] = {
#embed "../../../Sources/Viewer/Page/modes.js"
};
static const uint8_t viewer_notices_js[] = {
#embed "../../../Sources/Viewer/Page/notices.js"
};
static const uint8_t viewer_panel_js[] = {
#embed "../../../Sources/Viewer/Page/panel.js"
};
static const uint8_t viewer_player_js[] = {
#embed "../../../Sources/Viewer/Page/player.js"
};
static const uint8_t viewer_point_colors_js[] = {
#embed "../../../Sources/Viewer/Page/point-colors.js"
};
static const uint8_t viewer_programs_js[] = {
#embed "../../../Sources/Viewer/Page/programs.js"
};
static const uint8_t viewer_renderer_js[] = {
#embed "../../../Sources/Viewer/Page/renderer.js"
};
static const uint8_t viewer_repaint_js[] = {
#embed "../../../Sources/Viewer/Page/repaint.js"
};
static const uint8_t viewer_rings_js[] = {
#embed "../../../Sources/Viewer/Page/rings.js"
};
static const uint8_t viewer_shaded_points_js[] = {
#embed "../../../Sources/Viewer/Page/shaded-points.js"
};
static const uint8_t viewer_shaders_js[] = {
#embed "../../../Sources/Viewer/Page/shaders.js"
};
static const uint8_t viewer_stage_js[] = {
#embed "../../../Sources/Viewer/Page/stage.js"
};
static const uint8_t viewer_state_js[] = {
#embed "../../../Sources/Viewer/Page/state.js"
};
static const uint8_t viewer_strip_js[] = {
#embed "../../../Sources/Viewer/Page/strip.js"
};
static const uint8_t viewer_style_css[] = {
#embed "../../../Sources/Viewer/Page/style.css"
};
static const uint8_t viewer_surroundings_js[] = {
#embed "../../../Sources/Viewer/Page/surroundings.js"
};
static const uint8_t viewer_sweep_js[] = {
#embed "../../../Sources/Viewer/Page/sweep.js"
};
static const uint8_t viewer_timeline_js[] = {
#embed "../../../Sources/Viewer/Page/timeline.js"
};
static const uint8_t viewer_viewer_keys_js[] = {
#embed "../../../Sources/Viewer/Page/viewer-keys.js"
};
static const uint8_t viewer_visibility_js[] = {
#embed "../../../Sources/Viewer/Page/visibility.js"
};

#define ROW(name, array) {name, array, sizeof array}

static const bundled_file files[] = {
    ROW("export/c/activate_f32.c", export_c_activate_f32),
    ROW("export/c/activation.c", export_c_activation),
    ROW("export/c/activation_sigmoid.c", export_c_activation_sigmoid),
    ROW("export/c/affine_f32.c", export_c_affine_f32),
    ROW("export/c/aggregate_f32.c", export_c_aggregate_f32),
    ROW("export/c/aggregate_u8.c", export_c_aggregate_u8),
    ROW("export/c/aggregation.c", export_c_aggregation),
    ROW("export/c/base.c", export_c_base),
    ROW("export/c/cell.c", export_c_cell),
    ROW("export/c/column_f32.c", export_c_column_f32),
    ROW("export/c/column_u8.c", export_c_column_u8),
    ROW("export/c/combine_f32.c", export_c_combine_f32),
    ROW("export/c/convert.c", export_c_convert),
    ROW("export/c/convolve_channels.c", export_c_convolve_channels),
    ROW("export/c/convolve_f32.c", export_c_convolve_f32),
    ROW("export/c/convolve_u8.c", export_c_convolve_u8),
    ROW("export/c/copy_f32.c", export_c_copy_f32),
    ROW("export/c/copy_u8.c", export_c_copy_u8),
    ROW("export/c/exponential.c", export_c_exponential),
    ROW("export/c/finish.c", export_c_finish),
    ROW("export/c/gather.c", export_c_gather),
    ROW("export/c/multiply_f32.c", export_c_multiply_f32),
    ROW("export/c/multiply_s8.c", export_c_multiply_s8),
    ROW("export/c/nearness.c", export_c_nearness),
    ROW("export/c/numbers.c", export_c_numbers),
    ROW("export/c/pool_max_f32.c", export_c_pool_max_f32),
    ROW("export/c/pool_max_u8.c", export_c_pool_max_u8),
    ROW("export/c/pool_mean_f32.c", export_c_pool_mean_f32),
    ROW("export/c/product.c", export_c_product),
    ROW("export/c/raise_f32.c", export_c_raise_f32),
    ROW("export/c/raise_u8.c", export_c_raise_u8),
    ROW("export/c/refine_f32.c", export_c_refine_f32),
    ROW("export/c/reshape_f32.c", export_c_reshape_f32),
    ROW("export/c/scale_f32.c", export_c_scale_f32),
    ROW("export/c/shift_f32.c", export_c_shift_f32),
    ROW("export/c/shuffle_f32.c", export_c_shuffle_f32),
    ROW("export/c/softmax_f32.c", export_c_softmax_f32),
    ROW("export/c/sum_channels_f32.c", export_c_sum_channels_f32),
    ROW("export/c/sum_near_f32.c", export_c_sum_near_f32),
    ROW("export/c/sum_neighbours_f32.c", export_c_sum_neighbours_f32),
    ROW("export/c/sum_pixels_f32.c", export_c_sum_pixels_f32),
    ROW("export/c/upsample_f32.c", export_c_upsample_f32),
    ROW("export/c/vectors.c", export_c_vectors),
    ROW("export/c/window.c", export_c_window),
    ROW("labels/four-classes.yaml", labels_four_classes),
    ROW("labels/nineteen-classes.yaml", labels_nineteen_classes),
    ROW("labels/nineteen-classes-learning-ids.yaml", labels_nineteen_classes_learning_ids),
    ROW("labels/nuscenes-sixteen.yaml", labels_nuscenes_sixteen),
    ROW("models/SHA256SUMS", models_sha256sums),
    ROW("models/front-fast.safetensors", models_front_fast),
    ROW("models/front-small.safetensors", models_front_small),
    ROW("models/front.safetensors", models_front),
    ROW("models/sweep-fast.safetensors", models_sweep_fast),
    ROW("models/sweep.safetensors", models_sweep),
    ROW("recipes/ablation-labels.yaml", recipes_ablation_labels),
    ROW("recipes/ablation.yaml", recipes_ablation),
    ROW("recipes/adapt.yaml", recipes_adapt),
    ROW("recipes/front-fast.yaml", recipes_front_fast),
    ROW("recipes/sweep-fast.yaml", recipes_sweep_fast),
    ROW("recipes/quantize.yaml", recipes_quantize),
    ROW("recipes/quantize-search.yaml", recipes_quantize_search),
    ROW("recipes/intensity.yaml", recipes_intensity),
    ROW("recipes/ray-drop.yaml", recipes_ray_drop),
    ROW("recipes/search-front.yaml", recipes_search_front),
    ROW("recipes/search-vlp16.yaml", recipes_search_vlp16),
    ROW("recipes/search-widths.yaml", recipes_search_widths),
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
    ROW("viewer/annotate.html", viewer_annotate_html),
    ROW("viewer/annotate/actions.js", viewer_annotate_actions_js),
    ROW("viewer/annotate/annotate-keys.js", viewer_annotate_annotate_keys_js),
    ROW("viewer/annotate/annotate.css", viewer_annotate_annotate_css),
    ROW("viewer/annotate/annotation.js", viewer_annotate_annotation_js),
    ROW("viewer/annotate/box-edits.js", viewer_annotate_box_edits_js),
    ROW("viewer/annotate/boxes.js", viewer_annotate_boxes_js),
    ROW("viewer/annotate/choice.js", viewer_annotate_choice_js),
    ROW("viewer/annotate/desk.js", viewer_annotate_desk_js),
    ROW("viewer/annotate/hand.js", viewer_annotate_hand_js),
    ROW("viewer/annotate/main.js", viewer_annotate_main_js),
    ROW("viewer/annotate/objects-panel.js", viewer_annotate_objects_panel_js),
    ROW("viewer/annotate/overlay.js", viewer_annotate_overlay_js),
    ROW("viewer/annotate/picture.js", viewer_annotate_picture_js),
    ROW("viewer/annotate/point-edits.js", viewer_annotate_point_edits_js),
    ROW("viewer/annotate/steps.js", viewer_annotate_steps_js),
    ROW("viewer/annotate/sweeps-list.js", viewer_annotate_sweeps_list_js),
    ROW("viewer/camera.js", viewer_camera_js),
    ROW("viewer/client.js", viewer_client_js),
    ROW("viewer/colors.js", viewer_colors_js),
    ROW("viewer/computed-points.js", viewer_computed_points_js),
    ROW("viewer/connection.js", viewer_connection_js),
    ROW("viewer/exposure.js", viewer_exposure_js),
    ROW("viewer/frame.js", viewer_frame_js),
    ROW("viewer/icon.svg", viewer_icon_svg),
    ROW("viewer/index.html", viewer_index_html),
    ROW("viewer/keys.js", viewer_keys_js),
    ROW("viewer/latency.js", viewer_latency_js),
    ROW("viewer/main.js", viewer_main_js),
    ROW("viewer/matrix.js", viewer_matrix_js),
    ROW("viewer/modes.js", viewer_modes_js),
    ROW("viewer/notices.js", viewer_notices_js),
    ROW("viewer/panel.js", viewer_panel_js),
    ROW("viewer/player.js", viewer_player_js),
    ROW("viewer/point-colors.js", viewer_point_colors_js),
    ROW("viewer/programs.js", viewer_programs_js),
    ROW("viewer/renderer.js", viewer_renderer_js),
    ROW("viewer/repaint.js", viewer_repaint_js),
    ROW("viewer/rings.js", viewer_rings_js),
    ROW("viewer/shaded-points.js", viewer_shaded_points_js),
    ROW("viewer/shaders.js", viewer_shaders_js),
    ROW("viewer/stage.js", viewer_stage_js),
    ROW("viewer/state.js", viewer_state_js),
    ROW("viewer/strip.js", viewer_strip_js),
    ROW("viewer/style.css", viewer_style_css),
    ROW("viewer/surroundings.js", viewer_surroundings_js),
    ROW("viewer/sweep.js", viewer_sweep_js),
    ROW("viewer/timeline.js", viewer_timeline_js),
    ROW("viewer/viewer-keys.js", viewer_viewer_keys_js),
    ROW("viewer/visibility.js", viewer_visibility_js),
};

size_t bundled_file_count(void) { return sizeof files / sizeof files[0]; }

bundled_file bundled_file_at(size_t position) { return files[position]; }
