#include "mpi_world.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

// Open MPI's handles are addresses of objects in its library, and its functions take them as pointers
// (Open MPI 4.1, mpi.h). MPICH's are numbers; its library lacks these objects and is refused.
struct mpi_world {
  int rank;
  int count;

  void *world;
  void *byte_type;
  void *float_type;
  void *double_type;
  void *sum_operation;
  void *return_errors;

  int (*init_thread)(int *, char ***, int, int *);
  int (*finalize)(void);
  int (*abort)(void *, int);
  int (*set_errhandler)(void *, void *);
  int (*error_string)(int, char *, int *);
  int (*comm_rank)(void *, int *);
  int (*comm_size)(void *, int *);
  int (*allreduce)(const void *, void *, int, void *, void *, void *);
  int (*iallreduce)(const void *, void *, int, void *, void *, void *, void **);
  int (*wait)(void **, void *);
  int (*test)(void **, int *, void *);
  int (*bcast)(void *, int, void *, int, void *);
  int (*barrier)(void *);
};

// MPI_THREAD_SERIALIZED: any thread may call, one at a time.
static const int thread_serialized = 2;
// MPI_IN_PLACE.
#define in_place ((void *)1)
// MPI_STATUS_IGNORE.
#define no_status ((void *)0)

/// Looks up everything; false with the name that the library lacks.
static bool find_symbols(void *library, mpi_world *world, const char **missing) {
  const struct {
    const char *name;
    void *place;
  } symbols[] = {
      {"ompi_mpi_comm_world", &world->world},
      {"ompi_mpi_byte", &world->byte_type},
      {"ompi_mpi_float", &world->float_type},
      {"ompi_mpi_double", &world->double_type},
      {"ompi_mpi_op_sum", &world->sum_operation},
      {"ompi_mpi_errors_return", &world->return_errors},
      {"MPI_Init_thread", &world->init_thread},
      {"MPI_Finalize", &world->finalize},
      {"MPI_Abort", &world->abort},
      {"MPI_Comm_set_errhandler", &world->set_errhandler},
      {"MPI_Error_string", &world->error_string},
      {"MPI_Comm_rank", &world->comm_rank},
      {"MPI_Comm_size", &world->comm_size},
      {"MPI_Allreduce", &world->allreduce},
      {"MPI_Iallreduce", &world->iallreduce},
      {"MPI_Wait", &world->wait},
      {"MPI_Test", &world->test},
      {"MPI_Bcast", &world->bcast},
      {"MPI_Barrier", &world->barrier},
  };
  for (size_t i = 0; i < sizeof symbols / sizeof *symbols; i++) {
    void *symbol = dlsym(library, symbols[i].name);
    *missing = symbols[i].name;
    if (!symbol) return false;
    // POSIX lets an object's pointer hold a function's address, which C has no conversion for.
    *(void **)symbols[i].place = symbol;
  }
  return true;
}

/// Loads the library; it stays loaded, since it cannot be started a second time.
static void *load_library(char *text) {
  static const char *const names[] = {"libmpi.so.40", "libmpi.so"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    // Its plugins look its symbols up among all that are loaded.
    void *library = dlopen(names[i], RTLD_NOW | RTLD_GLOBAL);
    if (library) return library;
    // What is wrong with the first name is the better reason.
    if (i == 0) snprintf(text, mpi_world_text_size, "%s", dlerror());
  }
  return NULL;
}

/// Calls that make this process one of the world's; 0 or an error code.
static int start(mpi_world *world, char *text) {
  int provided = 0;
  int code = world->init_thread(NULL, NULL, thread_serialized, &provided);
  if (code) return code;
  if (!(code = world->set_errhandler(world->world, world->return_errors)) &&
      !(code = world->comm_rank(world->world, &world->rank))) {
    code = world->comm_size(world->world, &world->count);
  }
  if (!code && provided < thread_serialized) {
    snprintf(text, mpi_world_text_size, "Open MPI was built without support for threads");
    world->finalize();
    return -1;
  }
  return code;
}

mpi_world *mpi_world_join(char *text) {
  text[0] = 0;
  void *library = load_library(text);
  if (!library) return NULL;
  mpi_world *world = calloc(1, sizeof *world);
  if (!world) {
    snprintf(text, mpi_world_text_size, "no memory");
    return NULL;
  }
  const char *missing = NULL;
  if (!find_symbols(library, world, &missing)) {
    snprintf(text, mpi_world_text_size, "the MPI library that is found is not Open MPI: no %s", missing);
  } else {
    int code = start(world, text);
    if (!code) return world;
    if (!text[0]) mpi_world_describe(world, code, text);
  }
  free(world);
  return NULL;
}

int mpi_world_leave(mpi_world *world) {
  int code = world->finalize();
  free(world);
  return code;
}

void mpi_world_abort(mpi_world *world, int status) { world->abort(world->world, status); }

int mpi_world_rank(const mpi_world *world) { return world->rank; }

int mpi_world_count(const mpi_world *world) { return world->count; }

void mpi_world_describe(const mpi_world *world, int code, char *text) {
  // MPI_Error_string writes no more than MPI_MAX_ERROR_STRING, which is 256.
  int length = 0;
  if (world->error_string(code, text, &length)) {
    snprintf(text, mpi_world_text_size, "MPI's error %d", code);
  }
}

static void *type_of(const mpi_world *world, mpi_number number) {
  return number == mpi_number_float ? world->float_type : world->double_type;
}

int mpi_world_sum(mpi_world *world, void *numbers, int count, mpi_number number) {
  return world->allreduce(in_place, numbers, count, type_of(world, number), world->sum_operation,
                          world->world);
}

int mpi_world_start_sum(mpi_world *world, void *numbers, int count, mpi_number number,
                        void **request) {
  return world->iallreduce(in_place, numbers, count, type_of(world, number), world->sum_operation,
                           world->world, request);
}

int mpi_world_wait(mpi_world *world, void **request) { return world->wait(request, no_status); }

int mpi_world_test(mpi_world *world, void **request, bool *done) {
  int flag = 0;
  int code = world->test(request, &flag, no_status);
  *done = flag;
  return code;
}

int mpi_world_broadcast(mpi_world *world, void *bytes, int count, int root) {
  return world->bcast(bytes, count, world->byte_type, root, world->world);
}

int mpi_world_barrier(mpi_world *world) { return world->barrier(world->world); }
