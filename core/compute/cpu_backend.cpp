// SPDX-License-Identifier: GPL-3.0-or-later
#include "compute/cpu_backend.h"

#include "base/error.h"
#include "compute/cpu_kernels.h"
#include "compute/packed_product.h"
#include "compute/shape_check.h"

#include <QFile>
#include <cblas.h>
#include <cstring>
#include <new>

namespace halftone {

namespace {

constexpr std::size_t kAlignment = 64;

class HostStorage : public Storage
{
public:
    explicit HostStorage(std::size_t size)
        : m_size(size), m_bytes(::operator new(size + kAlignment, std::align_val_t{kAlignment}))
    {
    }
    ~HostStorage() override { ::operator delete(m_bytes, std::align_val_t{kAlignment}); }
    HostStorage(const HostStorage&) = delete;
    HostStorage& operator=(const HostStorage&) = delete;

    std::size_t size() const { return m_size; }
    std::byte* bytes() const { return static_cast<std::byte*>(m_bytes); }

private:
    std::size_t m_size;
    void* m_bytes;
};

std::byte* bytesOf(const Array& a)
{
    const auto* host = dynamic_cast<const HostStorage*>(a.storage.get());
    if (!host)
        throw Error(tr("An array of %1x%2 is not in the CPU's memory.").arg(a.rows).arg(a.columns));
    const std::int64_t bytes = scalarBytes(a.scalar);
    if (a.offset < 0 || a.rows < 0 || a.columns < 0 ||
        (a.offset + a.size()) * bytes > static_cast<std::int64_t>(host->size()))
        throw Error(tr("An array of %1x%2 from element %3 leaves its storage of %4 bytes.")
                        .arg(a.rows).arg(a.columns).arg(a.offset).arg(host->size()));
    return host->bytes() + a.offset * bytes;
}

std::size_t byteCount(const Array& a)
{
    return static_cast<std::size_t>(a.size() * scalarBytes(a.scalar));
}

template <class T>
T* numbers(const Array& a)
{
    return reinterpret_cast<T*>(bytesOf(a));
}

float* floats(const Array& a) { return numbers<float>(a); }

QString processorName()
{
    QFile file(QStringLiteral("/proc/cpuinfo"));
    if (file.open(QIODevice::ReadOnly)) {
        for (const QByteArray& line : file.readAll().split('\n'))
            if (line.startsWith("model name"))
                return QString::fromUtf8(line.mid(line.indexOf(':') + 1)).trimmed();
    }
    return tr("Processor");
}

class CpuBackend : public ComputeBackend
{
public:
    // The tiles are spread over the cores by parallelFor; a BLAS that spread them again would be
    // slower and its sums would depend on the number of threads.
    CpuBackend() { openblas_set_num_threads(1); }

    QString id() const override { return QStringLiteral("cpu"); }
    QString deviceName() const override { return processorName(); }
    std::int64_t memoryBytes() const override { return 0; }

    using ComputeBackend::upload;

    Array allocate(Scalar scalar, Index rows, Index columns) override
    {
        checkAllocate(scalar, rows, columns);
        try {
            return {std::make_shared<HostStorage>(
                        static_cast<std::size_t>(rows * columns * scalarBytes(scalar))),
                    scalar, rows, columns, 0};
        } catch (const std::bad_alloc&) {
            throw Error(tr("There is not enough memory for an array of %1x%2 (%3 MiB). Close other "
                           "programs or choose a smaller model.")
                            .arg(rows).arg(columns)
                            .arg(rows * columns * scalarBytes(scalar) / (1024 * 1024)));
        }
    }
    void fillZero(const Array& a) override { std::memset(bytesOf(a), 0, byteCount(a)); }
    void upload(const Array& to, const void* from) override
    {
        if (to.size() > 0)
            std::memcpy(bytesOf(to), from, byteCount(to));
    }
    void download(void* to, const Array& from) override
    {
        if (from.size() > 0)
            std::memcpy(to, bytesOf(from), byteCount(from));
    }
    void copy(const Array& to, const Array& from) override
    {
        checkCopy(to, from);
        std::memmove(bytesOf(to), bytesOf(from), byteCount(to));
    }
    void finish() override {}

    void multiplyTransposed(const Array& out, const Array& x, const Array& weight) override
    {
        checkMultiplyTransposed(out, x, weight);
        cpu::multiplyTransposed(floats(out), floats(x), floats(weight), x.rows, weight.rows, x.columns,
                                watched());
    }
    VectorD rowEnergies(const Array& rows, const Array& hessian) override
    {
        if (!hessian)
            return ComputeBackend::rowEnergies(rows, hessian);
        checkRowEnergies(rows, hessian);
        VectorD energies(rows.rows);
        cpu::rowEnergies(energies.data(), floats(rows), floats(hessian), rows.rows, rows.columns, watched());
        return energies;
    }
    void multiplyPacked(std::span<const PackedProduct> products, const Array& x,
                        Activations activations) override
    {
        checkMultiplyPacked(products, x);
        std::vector<cpu::PackedTask> tasks;
        for (const PackedProduct& product : products)
            tasks.push_back({product.weight, floats(product.out)});
        cpu::multiplyPacked(tasks, floats(x), x.rows, activations, cpu::bestInstructionSet(), watched());
    }
    void addBias(const Array& a, const Array& bias) override
    {
        checkAddBias(a, bias);
        cpu::addBias(floats(a), floats(bias), a.rows, a.columns);
    }
    void add(const Array& a, const Array& b) override
    {
        checkSameShape("add", a, b);
        cpu::add(floats(a), floats(b), a.size());
    }
    void subtract(const Array& a, const Array& b) override
    {
        checkSameShape("subtract", a, b);
        cpu::subtract(floats(a), floats(b), a.size());
    }
    void rmsNorm(const Array& out, const Array& x, const Array& gain, float epsilon) override
    {
        checkRmsNorm(out, x, gain);
        cpu::rmsNorm(floats(out), floats(x), floats(gain), epsilon, x.rows, x.columns);
    }
    void rotary(const Array& x, Index headWidth, const Array& cosine, const Array& sine,
                RotaryStyle style) override
    {
        checkRotary(x, headWidth, cosine, sine);
        cpu::rotary(floats(x), floats(cosine), floats(sine), x.rows, x.columns, headWidth,
                    cosine.columns, style);
    }
    void attention(const Array& out, const Array& q, const Array& k, const Array& v,
                   const AttentionShape& shape) override
    {
        checkAttention(out, q, k, v, shape);
        cpu::attention(floats(out), floats(q), floats(k), floats(v), q.rows, shape, watched());
    }
    void swiGlu(const Array& gate, const Array& up) override
    {
        checkSameShape("swiGlu", gate, up);
        cpu::swiGlu(floats(gate), floats(up), gate.size());
    }
    TokenScores score(const Array& logits, std::span<const int> targets,
                      const Array& referenceLogits) override
    {
        checkScore(logits, targets, referenceLogits);
        return cpu::score(floats(logits), referenceLogits ? floats(referenceLogits) : nullptr,
                          targets, logits.columns);
    }

    void addGram(const Array& sum, const Array& x) override
    {
        checkAddGram(sum, x);
        if (sum.scalar == Scalar::F64)
            cpu::addGram(numbers<double>(sum), floats(x), x.rows, x.columns, watched());
        else
            cpu::addGram(floats(sum), floats(x), x.rows, x.columns, watched());
    }
    void addCrossGram(const Array& sum, const Array& a, const Array& b) override
    {
        checkAddCrossGram(sum, a, b);
        if (sum.scalar == Scalar::F64)
            cpu::addCrossGram(numbers<double>(sum), floats(a), floats(b), a.rows, a.columns, b.columns,
                              watched());
        else
            cpu::addCrossGram(floats(sum), floats(a), floats(b), a.rows, a.columns, b.columns,
                              watched());
    }

    bool cholesky(const Array& a, Progress& progress) override
    {
        checkFactor("cholesky", a);
        return a.scalar == Scalar::F64 ? cpu::cholesky(numbers<double>(a), a.rows, progress)
                                       : cpu::cholesky(floats(a), a.rows, progress);
    }
    bool inverseUpperFactor(const Array& a, Progress& progress) override
    {
        checkFactor("inverseUpperFactor", a);
        return a.scalar == Scalar::F64
                   ? cpu::inverseUpperFactor(numbers<double>(a), a.rows, progress)
                   : cpu::inverseUpperFactor(floats(a), a.rows, progress);
    }
    void solveRight(const Array& b, const Array& lower) override
    {
        checkSolveRight(b, lower);
        if (b.scalar == Scalar::F64)
            cpu::solveRight(numbers<double>(b), numbers<double>(lower), b.rows, b.columns, watched());
        else
            cpu::solveRight(floats(b), floats(lower), b.rows, b.columns, watched());
    }
    void walkColumns(const Array& weights, const Array& upper, const Coding& coding, Index begin,
                     Index end, const Array& coded, const Array& codes, const Array& loss,
                     Progress& progress) override
    {
        checkWalkColumns(weights, upper, coding, begin, end, coded, codes, loss);
        const auto walk = [&]<class T>(T*) {
            cpu::walkColumns<T>({numbers<T>(weights), upper ? numbers<T>(upper) : nullptr, &coding,
                                 numbers<T>(coded), numbers<std::uint8_t>(codes),
                                 numbers<double>(loss), weights.rows, weights.columns},
                                begin, end, progress);
        };
        if (weights.scalar == Scalar::F64)
            walk(static_cast<double*>(nullptr));
        else
            walk(static_cast<float*>(nullptr));
    }
};

} // namespace

std::unique_ptr<ComputeBackend> makeCpuBackend()
{
    return std::make_unique<CpuBackend>();
}

} // namespace halftone
