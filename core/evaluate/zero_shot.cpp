// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluate/zero_shot.h"

#include "base/error.h"
#include "compute/cancel_watch.h"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace halftone {

namespace {

// A context with one continuation.
struct Sequence
{
    std::vector<int> tokens;
    Index answerBegin = 0; ///< first token of the continuation
    double bytes = 0;      ///< of the continuation
    double logLikelihood = 0;
    bool wouldBeWritten = true;
};

// The context's tokens are those it has alone; the rest of the whole's are the continuation's, as the published harness
// counts them.
Sequence sequenceOf(const Tokenizer& tokenizer, const Question& question, std::size_t choice, Index context)
{
    const std::string& before = question.context(choice);
    const std::string& words = question.continuation(choice);
    Sequence out;
    out.tokens = tokenizer.encode(before + words);
    const auto own = static_cast<Index>(tokenizer.encode(before).size());
    const auto all = static_cast<Index>(out.tokens.size());
    out.answerBegin = std::min(own, all - 1);
    out.bytes = static_cast<double>(std::max<std::size_t>(1, words.size() - (words.front() == ' ')));
    const bool bos = tokenizer.bos() >= 0 && (tokenizer.addsBos() || out.answerBegin == 0);
    const Index room = context - (bos ? 1 : 0);
    if (all - out.answerBegin >= room)
        throw Error(tr("An answer has %1 tokens, but the model's context is %2.").arg(all - out.answerBegin).arg(context));
    if (all > room) {
        out.tokens.erase(out.tokens.begin(), out.tokens.begin() + (all - room));
        out.answerBegin -= all - room;
    }
    if (bos) {
        out.tokens.insert(out.tokens.begin(), tokenizer.bos());
        ++out.answerBegin;
    }
    if (out.answerBegin == 0)
        throw Error(tr("A context of the questions has no tokens before its answer."));
    return out;
}

class Walk
{
public:
    Walk(Transformer& model, Progress& progress, Index sequences) : m_model(model), m_progress(progress), m_all(sequences) {}

    void group(std::span<Sequence> sequences)
    {
        std::vector<Array> hidden;
        for (const Sequence& s : sequences)
            hidden.push_back(m_model.embed(s.tokens));
        const Index blocks = m_model.config().blocks;
        for (Index b = 0; b < blocks; ++b) {
            const Block block = m_model.loadBlock(b);
            for (std::size_t i = 0; i < sequences.size(); ++i) {
                say(b, blocks, static_cast<double>(i), static_cast<double>(sequences.size()));
                m_model.runBlock(block, hidden[i]);
                m_model.backend().finish();
            }
        }
        const Head head = m_model.prepareHead();
        for (std::size_t i = 0; i < sequences.size(); ++i) {
            m_progress.check();
            score(sequences[i], hidden[i], head);
        }
        m_done += static_cast<Index>(sequences.size());
    }

private:
    void say(Index block, Index blocks, double at, double count)
    {
        const double part = (static_cast<double>(block) + at / count) / static_cast<double>(blocks);
        m_progress.advance(tr("Evaluate"), tr("block %1 of %2").arg(block + 1).arg(blocks),
                           (static_cast<double>(m_done) + count * part) / static_cast<double>(m_all));
    }

    void score(Sequence& s, const Array& hidden, const Head& head)
    {
        const Index rows = static_cast<Index>(s.tokens.size()) - s.answerBegin;
        const Array logits = m_model.backend().allocate(Scalar::F32, rows, head.rows);
        m_model.multiplyHead(logits, m_model.normed(hidden.rowRange(s.answerBegin - 1, rows)), head);
        const Matrix values = m_model.backend().downloadMatrix(logits);
        if (!values.allFinite())
            throw Error(tr("The model '%1' predicts values that are not finite: it is damaged, or its "
                           "activations overflow.")
                            .arg(m_model.checkpoint().path()));
        for (Index r = 0; r < rows; ++r) {
            const int token = s.tokens[static_cast<std::size_t>(s.answerBegin + r)];
            Index best = 0;
            const double most = values.row(r).maxCoeff(&best);
            s.logLikelihood += double{values(r, token)} - most -
                               std::log((values.row(r).cast<double>().array() - most).exp().sum());
            s.wouldBeWritten = s.wouldBeWritten && best == token;
        }
    }

    Transformer& m_model;
    Progress& m_progress;
    Index m_all = 0, m_done = 0;
};

// The first of the likeliest.
std::size_t choiceOf(std::span<const Sequence> choices, bool perByte)
{
    const auto value = [perByte](const Sequence& s) { return perByte ? s.logLikelihood / s.bytes : s.logLikelihood; };
    return static_cast<std::size_t>(
        std::max_element(choices.begin(), choices.end(),
                         [&](const Sequence& a, const Sequence& b) { return value(a) < value(b); }) -
        choices.begin());
}

ZeroShot countRight(const TaskFile& task, std::size_t questions, const std::vector<Sequence>& sequences)
{
    ZeroShot out;
    out.task = task.name;
    out.questions = static_cast<Index>(questions);
    const double n = static_cast<double>(questions);
    std::size_t at = 0;
    for (std::size_t q = 0; q < questions; ++q) {
        const Question& question = task.questions[q];
        const std::span choices(sequences.data() + at, question.choices());
        at += choices.size();
        const auto right = static_cast<std::size_t>(question.right);
        const bool alone = choices.size() == 1;
        out.accuracy += (alone ? choices[0].wouldBeWritten : choiceOf(choices, false) == right) / n;
        out.normalizedAccuracy += (alone ? choices[0].wouldBeWritten : choiceOf(choices, true) == right) / n;
        out.chance += alone ? 0 : 1.0 / static_cast<double>(choices.size()) / n;
    }
    for (const Sequence& s : sequences)
        out.logLikelihood.push_back(s.logLikelihood);
    const auto error = [n](double share) { return n > 1 ? std::sqrt(share * (1 - share) / (n - 1)) : 0.0; };
    out.error = error(out.accuracy);
    out.normalizedError = error(out.normalizedAccuracy);
    return out;
}

} // namespace

ZeroShot answer(Transformer& model, const Tokenizer& tokenizer, const TaskFile& task, Index count, Progress& progress,
                std::int64_t activationBytes)
{
    const CancelWatch watch(model.backend(), progress);
    const auto begin = std::chrono::steady_clock::now();
    const std::size_t questions =
        count > 0 ? std::min(task.questions.size(), static_cast<std::size_t>(count)) : task.questions.size();
    std::vector<Sequence> sequences;
    for (std::size_t q = 0; q < questions; ++q)
        for (std::size_t choice = 0; choice < task.questions[q].choices(); ++choice)
            sequences.push_back(sequenceOf(tokenizer, task.questions[q], choice, model.config().context));
    Walk walk(model, progress, static_cast<Index>(sequences.size()));
    const std::int64_t tokenBytes = 4 * model.config().hidden;
    for (std::size_t first = 0; first < sequences.size();) {
        std::size_t end = first;
        for (std::int64_t bytes = 0; end < sequences.size() && (end == first || bytes < activationBytes); ++end)
            bytes += tokenBytes * static_cast<std::int64_t>(sequences[end].tokens.size());
        walk.group(std::span(sequences).subspan(first, end - first));
        first = end;
    }
    ZeroShot out = countRight(task, questions, sequences);
    out.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    return out;
}

} // namespace halftone
