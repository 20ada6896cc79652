// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/report.h"

#include "base/error.h"

#include <limits>

namespace halftone {

using nlohmann::json;

namespace {

std::string utf8(const QString& s)
{
    return s.toStdString();
}
QString text(const json& j, const char* key)
{
    return QString::fromStdString(j.at(key).get<std::string>());
}
json list(const QStringList& items)
{
    json out = json::array();
    for (const QString& item : items)
        out.push_back(utf8(item));
    return out;
}
QStringList strings(const json& j)
{
    QStringList out;
    for (const json& item : j)
        out << QString::fromStdString(item.get<std::string>());
    return out;
}

// JSON has no infinity and no NaN: they are written as null, and read as NaN.
double real(const json& j)
{
    return j.is_null() ? std::numeric_limits<double>::quiet_NaN() : j.get<double>();
}

json perplexityJson(const Perplexity& p)
{
    return {{"value", p.value}, {"error", p.standardError}};
}
Perplexity perplexityFrom(const json& j)
{
    return {real(j.at("value")), real(j.at("error"))};
}

json evaluationJson(const Evaluation& e)
{
    json out{{"perplexity", perplexityJson(e.perplexity)},
             {"windows", e.windows},
             {"context", e.context},
             {"predictions", e.predictions}};
    if (e.referencePerplexity)
        out["original_perplexity"] = perplexityJson(*e.referencePerplexity);
    if (e.divergence)
        out["divergence"] = {{"mean", e.divergence->mean},
                             {"p99", e.divergence->p99},
                             {"same_top", e.divergence->sameTop}};
    return out;
}

Evaluation evaluationFrom(const json& j)
{
    Evaluation e;
    e.perplexity = perplexityFrom(j.at("perplexity"));
    e.windows = j.at("windows");
    e.context = j.at("context");
    e.predictions = j.at("predictions");
    if (j.contains("original_perplexity"))
        e.referencePerplexity = perplexityFrom(j.at("original_perplexity"));
    if (j.contains("divergence")) {
        const json& d = j.at("divergence");
        e.divergence = Divergence{real(d.at("mean")), real(d.at("p99")), real(d.at("same_top"))};
    }
    return e;
}

json sizeJson(const SizeReport& s)
{
    return {{"original_file", s.originalFile},
            {"packed_file", s.packedFile},
            {"linear_weights", s.linearWeights},
            {"linear_original", s.linearOriginal},
            {"linear_packed", s.linearPacked},
            {"embedding_original", s.embeddingOriginal},
            {"embedding_packed", s.embeddingPacked},
            {"head_original", s.headOriginal},
            {"head_packed", s.headPacked},
            {"other_packed", s.otherPacked},
            {"bits_per_weight", {{"nominal", s.nominalBits}, {"disk", s.diskBits}}}};
}

SizeReport sizeFrom(const json& j)
{
    SizeReport s;
    s.originalFile = j.at("original_file");
    s.packedFile = j.at("packed_file");
    s.linearWeights = j.at("linear_weights");
    s.linearOriginal = j.at("linear_original");
    s.linearPacked = j.at("linear_packed");
    s.embeddingOriginal = j.at("embedding_original");
    s.embeddingPacked = j.at("embedding_packed");
    s.headOriginal = j.at("head_original");
    s.headPacked = j.at("head_packed");
    s.otherPacked = j.at("other_packed");
    s.nominalBits = j.at("bits_per_weight").at("nominal");
    s.diskBits = j.at("bits_per_weight").at("disk");
    return s;
}

Report reportFrom(const json& j)
{
    Report r;
    r.program = text(j, "program");
    r.model = text(j, "model");
    if (j.contains("source_files"))
        for (const auto& [name, file] : j.at("source_files").items())
            r.sourceFiles.push_back({QString::fromStdString(name), file.at("bytes"), text(file, "sha256")});
    r.architecture = text(j, "architecture");
    r.method = text(j, "method");
    r.recipe = j.at("recipe");
    for (const json& layer : j.at("layers"))
        r.layers.push_back(layerFromJson(layer));
    r.size = sizeFrom(j.at("size"));
    const json& calibration = j.at("calibration");
    r.calibrationText = text(calibration, "text");
    r.calibrationWindows = calibration.at("windows");
    r.calibrationContext = calibration.at("context");
    r.evaluationText = text(j, "evaluation_text");
    if (j.contains("evaluation"))
        r.evaluation = evaluationFrom(j.at("evaluation"));
    r.backends = strings(j.at("backends"));
    r.notes = strings(j.at("notes"));
    return r;
}

} // namespace

json layerJson(const LayerReport& l)
{
    return {{"name", utf8(l.name)},
            {"block", l.block},
            {"linear", utf8(l.linear)},
            {"rows", l.rows},
            {"columns", l.columns},
            {"settings", l.settings},
            {"salient_share", l.salientShare},
            {"nominal_bits", l.nominalBits},
            {"disk_bits", l.diskBits},
            {"error", l.error},
            {"damping", l.damping},
            {"picture", l.picture.empty() ? json() : pictureJson(l.picture)}};
}

LayerReport layerFromJson(const json& j)
{
    LayerReport l;
    l.name = text(j, "name");
    l.block = j.at("block");
    l.linear = text(j, "linear");
    l.rows = j.at("rows");
    l.columns = j.at("columns");
    l.settings = j.at("settings");
    l.salientShare = j.at("salient_share");
    l.nominalBits = j.at("nominal_bits");
    l.diskBits = j.at("disk_bits");
    l.error = real(j.at("error"));
    l.damping = real(j.at("damping"));
    if (const auto it = j.find("picture"); it != j.end() && it->is_object())
        l.picture = pictureFromJson(*it);
    return l;
}

json reportJson(const Report& r)
{
    json layers = json::array();
    for (const LayerReport& layer : r.layers)
        layers.push_back(layerJson(layer));
    json out{{"halftone_report", 1},
             {"program", utf8(r.program)},
             {"model", utf8(r.model)},
             {"architecture", utf8(r.architecture)},
             {"method", utf8(r.method)},
             {"recipe", r.recipe},
             {"size", sizeJson(r.size)},
             {"calibration",
              {{"text", utf8(r.calibrationText)},
               {"windows", r.calibrationWindows},
               {"context", r.calibrationContext}}},
             {"evaluation_text", utf8(r.evaluationText)},
             {"backends", list(r.backends)},
             {"notes", list(r.notes)},
             {"layers", layers}};
    for (const WrittenFile& file : r.sourceFiles)
        out["source_files"][utf8(file.name)] = {{"bytes", file.bytes}, {"sha256", utf8(file.sha256)}};
    if (r.evaluation)
        out["evaluation"] = evaluationJson(*r.evaluation);
    return out;
}

Report reportFromJson(const json& j)
{
    try {
        return reportFrom(j);
    } catch (const json::exception& e) {
        throw Error(tr("The report is damaged: %1.").arg(QString::fromUtf8(e.what())));
    }
}

json RunTimes::toJson() const
{
    return {{"calibrate", calibrate}, {"quantize", quantize}, {"evaluate", evaluate},
            {"save", save},           {"total", total},       {"blocks", blockSeconds},
            {"machine", utf8(machine)}};
}

RunTimes RunTimes::fromJson(const json& j)
{
    RunTimes t;
    const auto read = [&](const char* key, double& out) {
        if (j.is_object() && j.contains(key) && j.at(key).is_number())
            out = j.at(key).get<double>();
    };
    read("calibrate", t.calibrate);
    read("quantize", t.quantize);
    read("evaluate", t.evaluate);
    read("save", t.save);
    read("total", t.total);
    if (j.is_object() && j.contains("machine") && j.at("machine").is_string())
        t.machine = text(j, "machine");
    if (j.is_object() && j.contains("blocks") && j.at("blocks").is_array())
        for (const json& seconds : j.at("blocks"))
            if (seconds.is_number())
                t.blockSeconds.push_back(seconds.get<double>());
    return t;
}

} // namespace halftone
