// SPDX-License-Identifier: GPL-3.0-or-later
// Where an export comes from and what its bytes are: program, recipe, hashes of source and result. In
// folders a file of its own, in GGUF keys named halftone.*; verifyExport() checks a result against it.
#pragma once

#include "base/progress.h"
#include "checkpoint/checkpoint.h"
#include "export/output_file.h"

#include <future>
#include <nlohmann/json.hpp>

namespace halftone {

inline const QString kProvenanceFile = QStringLiteral("halftone-provenance.json");
/// GGUF keys. The file's hash is of the file with the two hashes as 64 zeros ("0").
inline constexpr const char* kGgufHashKey = "halftone.sha256";
inline constexpr const char* kGgufSourceHashKey = "halftone.source.sha256";
inline constexpr const char* kGgufProvenanceKey = "halftone.provenance";

/// SHA-256 of a checkpoint's tensor files, computed beside other work. Destroyed early, it stops.
class SourceHash
{
public:
    explicit SourceHash(const Checkpoint& checkpoint);
    ~SourceHash();
    /// Waits. One entry a file, without folders. Throws Error and Cancelled.
    const std::vector<WrittenFile>& files();
    /// A lone file's hash; for several, the hash of the lines "hash  name\n", as sha256sum prints them.
    QString hex();

private:
    Progress m_stop;
    std::future<std::vector<WrittenFile>> m_future;
    std::vector<WrittenFile> m_files;
};

/// Program, target and type, source's name; where the source is a packed folder, its recipe and what it was made from.
nlohmann::json provenanceOf(const Checkpoint& checkpoint, const QString& program, const QString& target,
                            const QString& type);

/// The provenance of a complete folder: hashes of all its files but those in `changing`, which hold times and differ
/// from run to run, and its own. Throws Error and Cancelled.
QByteArray folderProvenance(const QString& folder, nlohmann::json provenance, const QStringList& changing,
                            SourceHash& source, const Progress& progress);

/// Writes the provenance of a folder that is otherwise complete; its own name is not among its files.
void writeProvenance(OutputFolder& folder, nlohmann::json provenance, SourceHash& source);

struct Verification
{
    struct Check
    {
        QString what;          ///< a file's name, "source", ...
        QString expected, found;
        bool ok() const { return expected == found; }
    };
    nlohmann::json provenance; ///< as the export carries it
    std::vector<Check> checks;
    QStringList notes;         ///< files that the provenance does not speak of, one sentence each

    bool ok() const;
};

/// Reads every byte of an export. `source`, if not empty, is the original to compare with. Throws Error
/// for what carries no provenance, and Cancelled.
Verification verifyExport(const QString& path, const QString& source, Progress& progress);

} // namespace halftone
