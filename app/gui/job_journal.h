// SPDX-License-Identifier: GPL-3.0-or-later
// Joins queue and project: finished runs are kept, unfinished jobs come back standing after the
// program ended, crashed or not.
#pragma once

namespace halftone {

class JobRunner;
class Project;

/// Both must live as long as either sends signals.
void keepJobs(JobRunner& jobs, Project& project);

} // namespace halftone
