// Open MPI, found when it is needed: no build needs its headers, no start loads its library.
#ifndef LIDARSEG_MPI_WORLD_H
#define LIDARSEG_MPI_WORLD_H

#include <stdbool.h>
#include <stddef.h>

/// The processes that `mpirun` started together, seen by one of them. One thread at a time.
///
/// Functions that give an int give 0, or a code of MPI's that mpi_world_describe puts into words.
typedef struct mpi_world mpi_world;

/// What numbers are.
typedef enum { mpi_number_float, mpi_number_double } mpi_number;

/// Bytes that hold any text of mpi_world_join and mpi_world_describe.
enum { mpi_world_text_size = 512 };

/// Loads the library and joins the others; once in a process. NULL where that is impossible, and
/// `text` then says why.
mpi_world *mpi_world_join(char *text);

/// Leaves the others; `world` is gone.
int mpi_world_leave(mpi_world *world);

/// Ends all processes.
void mpi_world_abort(mpi_world *world, int status);

/// This process's number, from 0.
int mpi_world_rank(const mpi_world *world);

/// How many processes there are.
int mpi_world_count(const mpi_world *world);

/// Puts an error code into words.
void mpi_world_describe(const mpi_world *world, int code, char *text);

/// Replaces numbers by their sums over all processes.
int mpi_world_sum(mpi_world *world, void *numbers, int count, mpi_number number);

/// Begins what mpi_world_sum does; `numbers` belong to MPI until `request` is done.
int mpi_world_start_sum(mpi_world *world, void *numbers, int count, mpi_number number,
                        void **request);

/// Waits for the end of what was begun.
int mpi_world_wait(mpi_world *world, void **request);

/// Moves on what was begun, and tells whether it is done.
int mpi_world_test(mpi_world *world, void **request, bool *done);

/// Replaces bytes by those of the process `root`.
int mpi_world_broadcast(mpi_world *world, void *bytes, int count, int root);

/// Waits until all processes are here.
int mpi_world_barrier(mpi_world *world);

#endif
