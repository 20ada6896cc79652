// SPDX-License-Identifier: GPL-3.0-or-later
#include "gpu/vulkan_backend.h"

#include "base/error.h"
#include "compute/shape_check.h"
#include "gpu/vulkan_packed.h"

#include <cmath>

namespace halftone {

VulkanRuntime::~VulkanRuntime()
{
    device.api().vkDeviceWaitIdle(device.handle());
    if (!onTimes)
        return;
    try {
        for (const auto& [name, time] : commands.kernelTimes())
            onTimes(QStringLiteral("%1 %2 dispatches %3 s, longest %4 ms")
                        .arg(QString::fromStdString(name), -28).arg(time.count, 8).arg(time.seconds, 9, 'f', 3)
                        .arg(1e3 * time.longest, 8, 'f', 3).toStdString());
    } catch (const Error&) { // of a lost device: there is nothing to tell
    }
}

VulkanStorage::VulkanStorage(std::shared_ptr<VulkanRuntime> runtime, std::int64_t bytes, bool aside)
    : m_runtime(std::move(runtime)), m_bytes(bytes), m_aside(aside),
      m_onHost(aside && m_runtime->asideBytes + bytes > m_runtime->asideBudget),
      m_piece(m_onHost ? m_runtime->asideMemory.take(bytes) : m_runtime->take(bytes))
{
    if (m_aside && !m_onHost)
        m_runtime->asideBytes += bytes;
}

VulkanStorage::~VulkanStorage()
{
    if (m_aside && !m_onHost)
        m_runtime->asideBytes -= m_bytes;
    if (m_onHost) {
        m_runtime->halvesCache.forget(m_piece.address(), m_piece.bytes);
        m_runtime->asideMemory.giveBack(m_piece);
    } else {
        m_runtime->giveBack(m_piece);
    }
}

namespace {

class VulkanBackend : public ComputeBackend
{
public:
    VulkanBackend(int number, const VulkanOptions& options)
        : m_runtime(std::make_shared<VulkanRuntime>(number, options)), m_v(*m_runtime)
    {
    }

    QString id() const override { return QStringLiteral("vulkan:%1").arg(m_v.device.info().number); }
    QString deviceName() const override { return m_v.device.info().name; }
    std::int64_t memoryBytes() const override { return m_v.device.info().memoryBytes; }

    using ComputeBackend::upload;

    Array allocate(Scalar scalar, Index rows, Index columns) override
    {
        return make(scalar, rows, columns, false);
    }
    Array allocateAside(Scalar scalar, Index rows, Index columns) override
    {
        return make(scalar, rows, columns, true);
    }
    void fillZero(const Array& a) override
    {
        const VulkanStorage& storage = storageOf(a);
        const std::int64_t bytes = bytesOf(a);
        if (bytes == 0)
            return;
        target(a);
        if (a.offset == 0 && bytes == storage.bytes()) { // pieces end at multiples of four bytes
            m_v.commands.fillZero(storage.piece().buffer(), storage.piece().begin, (bytes + 3) / 4 * 4);
        } else {
            const std::vector<std::byte> zeros(static_cast<std::size_t>(bytes));
            upload(a, zeros.data());
        }
    }
    void upload(const Array& to, const void* from) override
    {
        const VulkanMemory::Piece& piece = storageOf(to).piece();
        target(to);
        m_v.staging.upload(piece.buffer(), piece.begin + to.offset * scalarBytes(to.scalar), from, bytesOf(to));
    }
    bool uploadStored(const Array& to, ElementType type, std::span<const std::byte> bytes) override
    {
        const bool halves = type == ElementType::F16 || type == ElementType::BF16;
        if (!halves || to.scalar != Scalar::F32 || static_cast<std::int64_t>(bytes.size()) != 2 * to.size() ||
            to.size() == 0)
            return false;
        const Array stored = allocate(Scalar::U8, 1, (2 * to.size() + 3) / 4 * 4);
        const VulkanMemory::Piece& piece = storageOf(stored).piece();
        m_v.staging.upload(piece.buffer(), piece.begin, bytes.data(), 2 * to.size());
        vulkan::widen(m_v, target(to), address(stored), to.size(), type == ElementType::BF16);
        return true;
    }
    void download(void* to, const Array& from) override
    {
        const VulkanMemory::Piece& piece = storageOf(from).piece();
        m_v.staging.download(to, piece.buffer(), piece.begin + from.offset * scalarBytes(from.scalar), bytesOf(from));
    }
    void copy(const Array& to, const Array& from) override
    {
        checkCopy(to, from);
        target(to);
        const VulkanMemory::Piece &target = storageOf(to).piece(), &source = storageOf(from).piece();
        const std::int64_t scalar = scalarBytes(to.scalar);
        const bool same = target.buffer() == source.buffer() &&
                          target.begin + to.offset * scalar == source.begin + from.offset * scalar;
        if (to.size() > 0 && !same)
            m_v.commands.copy(target.buffer(), target.begin + to.offset * scalar, source.buffer(),
                              source.begin + from.offset * scalar, bytesOf(to));
    }
    void finish() override { m_v.commands.waitAll(); }

    void multiplyTransposed(const Array& out, const Array& x, const Array& weight) override
    {
        multiply(out, x, weight, false);
    }
    void project(const Array& out, const Array& x, const Array& weight) override
    {
        multiply(out, x, weight, true);
    }
    void multiplyPacked(std::span<const PackedProduct> products, const Array& x, Activations activations) override
    {
        checkMultiplyPacked(products, x);
        if (activations != Activations::Int8)
            throw Error(tr("Packed products on a GPU round their inputs to 8 bits, each 32 together (int8); in other ways "
                           "they run on the CPU only."));
        begin();
        std::vector<vulkan::PackedTask> tasks;
        for (std::size_t i = 0; i < products.size() && x.rows > 0; ++i) {
            const Rotation& rotation = products[i].weight->rotation;
            tasks.push_back({products[i].weight, target(products[i].out)});
            if (i + 1 < products.size() && products[i + 1].weight->rotation == rotation)
                continue;
            // No shader turns inputs: they go to the processor and back.
            const Array turned = rotation.active ? ComputeBackend::upload(rotatedRows(rotation, downloadMatrix(x))) : x;
            vulkan::multiplyPacked(m_v, *this, tasks, address(turned), x.rows, watched());
            tasks.clear();
        }
    }
    void addBias(const Array& a, const Array& bias) override
    {
        checkAddBias(a, bias);
        vulkan::addBias(m_v, target(a), address(bias), a.rows, a.columns);
    }
    void add(const Array& a, const Array& b) override
    {
        checkSameShape("add", a, b);
        vulkan::elementwise(m_v, "add", target(a), address(b), a.size());
    }
    void subtract(const Array& a, const Array& b) override
    {
        checkSameShape("subtract", a, b);
        vulkan::elementwise(m_v, "subtract", target(a), address(b), a.size());
    }
    void rmsNorm(const Array& out, const Array& x, const Array& gain, float epsilon) override
    {
        checkRmsNorm(out, x, gain);
        vulkan::rmsNorm(m_v, target(out), address(x), address(gain), epsilon, x.rows, x.columns);
    }
    void rotary(const Array& x, Index headWidth, const Array& cosine, const Array& sine, RotaryStyle style) override
    {
        checkRotary(x, headWidth, cosine, sine);
        vulkan::rotary(m_v, target(x), address(cosine), address(sine), x.rows, x.columns, headWidth, cosine.columns,
                       style);
    }
    void attention(const Array& out, const Array& q, const Array& k, const Array& v,
                   const AttentionShape& shape) override
    {
        checkAttention(out, q, k, v, shape);
        begin();
        vulkan::attention(m_v, target(out), address(q), address(k), address(v), q.rows, shape, watched());
    }
    void swiGlu(const Array& gate, const Array& up) override
    {
        checkSameShape("swiGlu", gate, up);
        vulkan::elementwise(m_v, "swi_glu", target(gate), address(up), gate.size());
    }
    TokenScores score(const Array& logits, std::span<const int> targets, const Array& referenceLogits) override
    {
        checkScore(logits, targets, referenceLogits);
        begin();
        TokenScores scores;
        scores.logLikelihood.assign(targets.size(), 0.0);
        if (referenceLogits) {
            scores.divergence.assign(targets.size(), 0.0);
            scores.sameTop.assign(targets.size(), 0);
        }
        if (logits.size() > 0)
            scoreInto(scores, logits, targets, referenceLogits);
        return scores;
    }

    void addGram(const Array& sum, const Array& x) override
    {
        checkAddGram(sum, x);
        begin();
        gram(sum, x, x, true);
        vulkan::mirror(m_v, address(sum), sum.scalar, sum.rows);
    }
    void addCrossGram(const Array& sum, const Array& a, const Array& b) override
    {
        checkAddCrossGram(sum, a, b);
        begin();
        gram(sum, a, b, false);
    }

    bool cholesky(const Array& a, Progress& progress) override
    {
        checkFactor("cholesky", a);
        progress.check();
        const Array failed = flag();
        vulkan::cholesky(m_v, target(a), a.scalar, a.rows, address(failed), progress);
        return !raised(failed);
    }
    bool inverseUpperFactor(const Array& a, Progress& progress) override
    {
        checkFactor("inverseUpperFactor", a);
        progress.check();
        const Array failed = flag();
        const Array spare = allocate(a.scalar, a.rows, a.rows / 2 + 64);
        vulkan::inverseUpperFactor(m_v, target(a), a.scalar, a.rows, address(failed), address(spare), progress);
        return !raised(failed);
    }
    void solveRight(const Array& b, const Array& lower) override
    {
        checkSolveRight(b, lower);
        begin();
        vulkan::solveRight(m_v, target(b), address(lower), b.scalar, b.rows, b.columns, watched());
    }
    void walkColumns(const Array& weights, const Array& upper, const Coding& coding, Index begin, Index end,
                     const Array& coded, const Array& codes, const Array& loss, Progress& progress) override
    {
        checkWalkColumns(weights, upper, coding, begin, end, coded, codes, loss);
        progress.check();
        if (begin == end || weights.rows == 0)
            return;
        using Classes = Eigen::Matrix<std::uint8_t, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
        Array classes;
        if (coding.classes.size() > 0) {
            classes = allocate(Scalar::U8, coding.classes.rows(), end - begin);
            if (end - begin == coding.columns)
                upload(classes, coding.classes.data());
            else
                upload(classes, Classes(coding.classes.middleCols(begin, end - begin)).data());
        }
        const Array description = describe(vulkan::codingWords(coding, begin, end));
        walk(weights, upper, description, classes, begin, end, coded, codes, loss, progress);
    }

    bool remote() const override { return true; }
    void walkAllColumns(const Array& weights, const Array& upper, const Coding& coding, const Array& classes,
                        const Array& coded, const Array& codes, const Array& loss, Progress& progress) override
    {
        checkWalkAllColumns(weights, upper, coding, classes, coded, codes, loss);
        progress.check();
        if (weights.size() == 0)
            return;
        const Array description = describe(vulkan::codingWords(coding, 0, coding.columns, static_cast<bool>(classes)));
        walk(weights, upper, description, classes, 0, weights.columns, coded, codes, loss, progress);
    }
    void decodeCodes(const Array& values, const Array& codes, const Coding& coding, const Array& classes) override
    {
        checkDecodeCodes(values, codes, coding, classes);
        if (values.size() == 0)
            return;
        const Array description = describe(vulkan::codingWords(coding, 0, coding.columns, static_cast<bool>(classes)));
        Array uploaded = classes;
        if (!classes && coding.classes.size() > 0) {
            uploaded = allocate(Scalar::U8, coding.classes.rows(), coding.classes.cols());
            upload(uploaded, coding.classes.data());
        }
        vulkan::decodeCodes(m_v, target(values), address(codes), address(description), uploaded ? address(uploaded) : 0,
                            values.rows, values.columns);
    }
    void convert(const Array& to, const Array& from) override
    {
        checkConvert(to, from);
        if (to.scalar == from.scalar)
            copy(to, from);
        else if (to.size() > 0)
            vulkan::convert(m_v, target(to), to.scalar, address(from), to.size());
    }
    VectorD diagonal(const Array& a) override
    {
        checkFactor("diagonal", a);
        const Array list = allocate(Scalar::F64, a.rows, 1);
        if (a.rows > 0)
            vulkan::diagonal(m_v, address(a), a.scalar, address(list), a.rows, false);
        return downloadMatrixD(list).col(0);
    }
    void setDiagonal(const Array& a, const VectorD& diagonal) override
    {
        checkSetDiagonal(a, diagonal);
        const Array list = upload(MatrixD(diagonal));
        if (a.rows > 0)
            vulkan::diagonal(m_v, target(a), a.scalar, address(list), a.rows, true);
    }
    VectorD rowEnergies(const Array& rows, const Array& hessian) override
    {
        checkRowEnergies(rows, hessian);
        Array turned = rows;
        if (hessian && rows.size() > 0) {
            turned = allocate(Scalar::F32, rows.rows, rows.columns);
            multiply(turned, rows, hessian, false);
        }
        const Array energies = allocate(Scalar::F64, rows.rows, 1);
        vulkan::rowProducts(m_v, address(energies), address(turned), address(rows), rows.rows, rows.columns);
        return downloadMatrixD(energies).col(0);
    }
    void markSalient(const Array& marks, const Array& weights, const Saliency& saliency, double ratio,
                     Index groupColumns) override
    {
        checkMarkSalient(marks, weights, saliency);
        if (weights.size() == 0)
            return;
        const Index group = groupColumns > 0 ? std::min(groupColumns, weights.columns) : weights.columns;
        const Array share = saliency.share.size() > 0 ? upload(MatrixD(saliency.share)) : Array{};
        const Array state = describe(vulkan::saliencyState(weights.rows, weights.columns, group, ratio));
        vulkan::markSalient(m_v, {target(marks), address(weights), share ? address(share) : 0, address(state),
                                  saliency.kind, weights.rows, weights.columns, group});
    }
    GroupStatistics groupStatistics(const Array& weights, const Array& classes, const GroupChoice& choice) override
    {
        checkGroupStatistics(weights, classes);
        GroupChoice whole = choice;
        if (whole.groupColumns <= 0 || whole.groupColumns > weights.columns)
            whole.groupColumns = std::max<Index>(1, weights.columns);
        const Index groups = vulkan::parts(weights.columns, whole.groupColumns);
        const Array numbers = allocate(Scalar::F64, weights.rows, groups * 5);
        if (weights.size() > 0)
            vulkan::groupStatistics(m_v, address(numbers), address(weights), classes ? address(classes) : 0, whole,
                                    weights.rows, weights.columns);
        const MatrixD host = downloadMatrixD(numbers);
        const auto part = [&](Index which) { return MatrixD(host(Eigen::all, Eigen::seqN(which, groups, 5))); };
        return {part(0), part(1), part(2), part(3), part(4)};
    }

private:
    static std::int64_t bytesOf(const Array& a) { return a.size() * scalarBytes(a.scalar); }
    void begin() const { vulkan::stopWhenCancelled(watched()); }

    const VulkanStorage& storageOf(const Array& a) const
    {
        const auto* storage = dynamic_cast<const VulkanStorage*>(a.storage.get());
        if (!storage || &storage->runtime() != &m_v)
            throw Error(tr("An array of %1x%2 is not in the memory of '%3'.")
                            .arg(a.rows).arg(a.columns).arg(m_v.device.info().name));
        if (a.offset < 0 || a.rows < 0 || a.columns < 0 ||
            (a.offset + a.size()) * scalarBytes(a.scalar) > storage->bytes())
            throw Error(tr("An array of %1x%2 from element %3 leaves its storage of %4 bytes.")
                            .arg(a.rows).arg(a.columns).arg(a.offset).arg(storage->bytes()));
        return *storage;
    }
    VkDeviceAddress address(const Array& a) const
    {
        return storageOf(a).piece().address() + static_cast<VkDeviceAddress>(a.offset * scalarBytes(a.scalar));
    }

    // For an array that is about to change.
    VkDeviceAddress target(const Array& a)
    {
        const VkDeviceAddress at = address(a);
        m_v.halvesCache.forget(at, bytesOf(a));
        return at;
    }

    void multiply(const Array& out, const Array& x, const Array& weight, bool halves)
    {
        checkMultiplyTransposed(out, x, weight);
        begin();
        vulkan::Product p;
        p.a = {address(x), x.columns, false, Scalar::F32, 0};
        p.b = {address(weight), weight.columns, false, Scalar::F32, 0};
        p.c = target(out);
        p.strideC = out.columns;
        p.rows = x.rows;
        p.columns = weight.rows;
        p.depth = x.columns;
        p.halves = halves;
        vulkan::product(m_v, p, watched());
    }

    Array make(Scalar scalar, Index rows, Index columns, bool aside)
    {
        checkAllocate(scalar, rows, columns);
        return {std::make_shared<VulkanStorage>(m_runtime, rows * columns * scalarBytes(scalar), aside), scalar, rows,
                columns, 0};
    }

    Array describe(const std::vector<std::uint32_t>& words)
    {
        const Array description = allocate(Scalar::I32, 1, static_cast<Index>(words.size()));
        upload(description, words.data());
        return description;
    }

    void walk(const Array& weights, const Array& upper, const Array& description, const Array& classes, Index begin,
              Index end, const Array& coded, const Array& codes, const Array& loss, Progress& progress)
    {
        const Array errors = upper ? allocate(weights.scalar, weights.rows, vulkan::kWalkSpan) : Array{};
        vulkan::walkColumns(m_v,
                            {target(weights), upper ? address(upper) : 0, target(coded), address(codes),
                             address(loss), errors ? address(errors) : 0, address(description),
                             classes ? address(classes) : 0, weights.scalar, weights.rows, weights.columns, begin,
                             end},
                            progress);
    }

    Array flag()
    {
        const Array word = allocate(Scalar::I32, 1, 1);
        fillZero(word);
        return word;
    }
    bool raised(const Array& word)
    {
        std::uint32_t value = 0;
        download(&value, word);
        return value != 0;
    }

    void gram(const Array& sum, const Array& a, const Array& b, bool symmetric)
    {
        vulkan::Product p;
        p.a = {address(a), a.columns, true, Scalar::F32, 0};
        p.b = {address(b), b.columns, true, Scalar::F32, 0};
        p.c = target(sum);
        p.strideC = sum.columns;
        p.scalar = sum.scalar;
        p.rows = sum.rows;
        p.columns = sum.columns;
        p.depth = a.rows;
        p.add = true;
        p.lower = symmetric;
        p.halves = true;
        if (p.depth > 0)
            vulkan::product(m_v, p, watched());
    }

    void scoreInto(TokenScores& scores, const Array& logits, std::span<const int> targets,
                   const Array& referenceLogits)
    {
        constexpr Index most = 65535;
        const auto tokens = static_cast<Index>(targets.size());
        const Array parts = allocate(Scalar::F64, tokens, 5);
        const Array wanted = allocate(Scalar::I32, 1, tokens);
        upload(wanted, targets.data());
        struct Push
        {
            VkDeviceAddress to, logits, reference, targets;
            std::uint32_t vocabulary, tokenBegin;
        } push{address(parts), address(logits), referenceLogits ? address(referenceLogits) : 0, address(wanted),
               vulkan::narrow(logits.columns), 0};
        const double tokenWork = 200.0 * static_cast<double>(logits.columns);
        for (Index first = 0; first < tokens;) {
            const Index count = std::clamp<Index>(static_cast<Index>(m_v.commands.workPerDispatch() / tokenWork), 1,
                                                  std::min(most, tokens - first));
            push.tokenBegin = vulkan::narrow(first);
            m_v.commands.dispatch(m_v.kernels.get("score", {static_cast<bool>(referenceLogits)}), &push, sizeof(push),
                                  {vulkan::narrow(count), 1, 1}, tokenWork * static_cast<double>(count), first == 0);
            first += count;
        }
        const MatrixD sums = downloadMatrixD(parts);
        for (Index t = 0; t < tokens; ++t) {
            const auto i = static_cast<std::size_t>(t);
            const double logSum = std::log(sums(t, 1));
            if (targets[i] >= 0)
                scores.logLikelihood[i] = sums(t, 0) - logSum;
            if (referenceLogits) {
                scores.divergence[i] = sums(t, 3) / sums(t, 2) - std::log(sums(t, 2)) + logSum;
                scores.sameTop[i] = sums(t, 4) != 0;
            }
        }
    }

    std::shared_ptr<VulkanRuntime> m_runtime;
    VulkanRuntime& m_v;
};

} // namespace

std::unique_ptr<ComputeBackend> makeVulkanBackend(int number, const VulkanOptions& options)
{
    return std::make_unique<VulkanBackend>(number, options);
}

} // namespace halftone
