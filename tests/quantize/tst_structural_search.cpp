// SPDX-License-Identifier: GPL-3.0-or-later
// The searches with running sums against binarizing the block for each candidate.
#include "quantize/binary_planes.h"
#include "quantize/structural_search.h"

#include <QtTest>
#include <algorithm>
#include <cmath>
#include <random>

using namespace halftone;

namespace {

MatrixD makeTarget(Index rows, Index columns, bool positive)
{
    std::mt19937 random(static_cast<unsigned>(rows * 7 + columns));
    std::normal_distribution<double> normal;
    MatrixD m(rows, columns);
    for (Index i = 0; i < m.size(); ++i)
        m.data()[i] = normal(random) * (1 + 3 * (i % columns % 9 == 0));
    if (positive)
        m = m.cwiseAbs2();
    return m;
}

double errorOf(const std::vector<double>& weights, int planes, bool means)
{
    std::vector<std::uint8_t> codes(weights.size());
    const PlaneLevels levels = fitPlanes(weights, planes, means, codes);
    double error = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const double away = weights[i] - planeValue(levels, codes[i]);
        error += away * away;
    }
    return error;
}

std::vector<Index> byRank(const MatrixD& rank)
{
    std::vector<Index> order(static_cast<std::size_t>(rank.cols()));
    for (std::size_t j = 0; j < order.size(); ++j)
        order[j] = static_cast<Index>(j);
    std::stable_sort(order.begin(), order.end(), [&](Index a, Index b) {
        return rank.col(a).cwiseAbs().sum() > rank.col(b).cwiseAbs().sum();
    });
    return order;
}

} // namespace

class TestStructuralSearch : public QObject
{
    Q_OBJECT
private slots:
    void findsTheColumnsOfLeastError_data() { rules(); }
    void findsTheColumnsOfLeastError();
    void findsTheSplitOfLeastError_data() { rules(); }
    void findsTheSplitOfLeastError();
    void quantilesLieBetweenSortedValues();
    void narrowBlocksAreDefined();

private:
    static void rules()
    {
        QTest::addColumn<bool>("published");
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("columns");
        for (const bool published : {true, false})
            for (const auto& [rows, columns] : {std::pair{1, 40}, {13, 128}, {37, 20}})
                QTest::newRow(qPrintable(QStringLiteral("%1 %2x%3").arg(published).arg(rows).arg(columns)))
                    << published << rows << columns;
    }
    static SearchRule ruleOf(bool published)
    {
        return published ? SearchRule{} : SearchRule{1, 1, false, false, 50};
    }
};

void TestStructuralSearch::findsTheColumnsOfLeastError()
{
    QFETCH(bool, published);
    QFETCH(int, rows);
    QFETCH(int, columns);
    const MatrixD target = makeTarget(rows, columns, published);
    const SearchRule rule = ruleOf(published);
    const auto order = byRank(target);
    double best = HUGE_VAL;
    std::size_t number = 0;
    for (std::size_t k = 1; k < std::min<std::size_t>(50, order.size()); ++k) {
        double error = 0;
        for (Index r = 0; r < rows; ++r) {
            std::vector<double> in, out;
            for (std::size_t j = 0; j < order.size(); ++j)
                (j < k ? in : out).push_back(target(r, order[j]));
            error += errorOf(in, rule.salientPlanes, rule.means) + errorOf(out, rule.restPlanes, rule.means);
        }
        if (error < best * (1 - 1e-12)) {
            best = error;
            number = k;
        }
    }
    const BlockGroups found = searchSalientColumns(target, target, rule);
    QCOMPARE(std::count(found.salient.begin(), found.salient.end(), 1), static_cast<std::ptrdiff_t>(number));
    for (std::size_t k = 0; k < number; ++k)
        QVERIFY(found.salient[static_cast<std::size_t>(order[k])]);
}

void TestStructuralSearch::findsTheSplitOfLeastError()
{
    QFETCH(bool, published);
    QFETCH(int, rows);
    QFETCH(int, columns);
    const MatrixD target = makeTarget(rows, columns, published);
    const SearchRule rule = ruleOf(published);
    std::vector<std::uint8_t> inside(static_cast<std::size_t>(columns), 1);
    inside[2] = inside[5] = 0;
    const double split = searchSplit(target, inside, rule);
    const auto errorAt = [&](double at) {
        double error = 0;
        for (Index r = 0; r < rows; ++r) {
            std::vector<double> small, large;
            for (Index j = 0; j < columns; ++j)
                if (inside[static_cast<std::size_t>(j)])
                    (std::abs(target(r, j)) < at || (!published && std::abs(target(r, j)) == at) ? small
                                                                                                  : large)
                        .push_back(target(r, j));
            error += errorOf(small, 1, rule.means) + errorOf(large, 1, rule.means);
        }
        return error;
    };
    MatrixD sizes = target.cwiseAbs();
    sizes.col(2).setZero();
    sizes.col(5).setZero();
    std::vector<double> values(sizes.data(), sizes.data() + sizes.size());
    std::vector<double> steps;
    for (int i = 0; i <= 80; ++i)
        steps.push_back(.1 + .01 * i);
    std::vector<double> candidates = published ? quantiles(values, steps) : std::vector<double>();
    for (int tenth = 1; !published && tenth <= 9; ++tenth)
        candidates.push_back(tenth * sizes.maxCoeff() / 10);
    const double least = errorAt(split);
    bool among = false;
    for (const double candidate : candidates) {
        QVERIFY(least <= errorAt(candidate) * (1 + 1e-12));
        among = among || candidate == split;
    }
    QVERIFY(among);
}

void TestStructuralSearch::quantilesLieBetweenSortedValues()
{
    std::vector<double> values{5, 1, 4, 2, 3};
    const std::vector<double> found = quantiles(values, {0, .1, .5, .9, 1});
    const std::vector<double> expected{1, 1.4, 3, 4.6, 5};
    for (std::size_t i = 0; i < expected.size(); ++i)
        QVERIFY(std::abs(found[i] - expected[i]) < 1e-12);
}

void TestStructuralSearch::narrowBlocksAreDefined()
{
    const MatrixD one = makeTarget(5, 1, true);
    QCOMPARE(searchSalientColumns(one, one, SearchRule{}).salient, std::vector<std::uint8_t>{0});
    QVERIFY(std::isinf(searchSplit(one, {0}, SearchRule{})));
    const MatrixD zeros = MatrixD::Zero(5, 60);
    const BlockGroups found = searchSalientColumns(zeros, zeros, SearchRule{});
    QCOMPARE(std::count(found.salient.begin(), found.salient.end(), 1), std::ptrdiff_t{1});
}

QTEST_APPLESS_MAIN(TestStructuralSearch)
#include "tst_structural_search.moc"
