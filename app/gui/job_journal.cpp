// SPDX-License-Identifier: GPL-3.0-or-later
#include "job_journal.h"

#include "base/error.h"
#include "job_runner.h"
#include "project/project.h"

namespace halftone {

namespace {

std::vector<nlohmann::json> unfinished(const JobRunner& jobs)
{
    std::vector<nlohmann::json> orders;
    for (const auto& job : jobs.jobs())
        if (job->open())
            orders.push_back(orderJson(job->order));
    return orders;
}

RunRecord recordOf(const RunOutcome& outcome)
{
    RunRecord record;
    record.made = QDateTime::currentDateTime();
    record.label = titleOf(outcome.order);
    record.model = outcome.order.recipe.model;
    record.folder = outcome.order.out;
    record.report = outcome.report;
    record.times = outcome.times;
    return record;
}

} // namespace

void keepJobs(JobRunner& jobs, Project& project)
{
    QObject::connect(&jobs, &JobRunner::queueChanged, &project, [&] { project.saveJobs(unfinished(jobs)); });
    QObject::connect(&jobs, &JobRunner::finished, &project, [&](std::shared_ptr<const RunOutcome> outcome) {
        if (!outcome->order.out.isEmpty())
            project.add(recordOf(*outcome));
    });
    QObject::connect(&project, &Project::opened, &jobs, [&](const std::vector<nlohmann::json>& orders) {
        for (const nlohmann::json& order : orders) {
            try {
                jobs.hold(orderFromJson(order));
            } catch (const Error& error) {
                emit project.complained(error.sentence());
            }
        }
    });
}

} // namespace halftone
