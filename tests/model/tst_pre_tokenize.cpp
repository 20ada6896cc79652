// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/normalize.h"
#include "model/pre_tokenize.h"

#include <QtTest>

using namespace halftone;

namespace {

std::string words(const PreTokenizer& preTokenizer, const char* text)
{
    TextStore store;
    std::string joined;
    for (const Word& word : preTokenizer.split(text, true, store))
        joined += '|' + std::string(word.text);
    return joined;
}

std::string behaves(SplitBehaviour behaviour, bool invert = false)
{
    PreTokenizer preTokenizer;
    preTokenizer.addSplit(Pattern::literal("-"), behaviour, invert);
    return words(preTokenizer, "the-final--countdown");
}

} // namespace

class TestPreTokenize : public QObject
{
    Q_OBJECT
private slots:
    // The examples of the tokenizers library's documentation.
    void splitsAsEachBehaviourSays()
    {
        QCOMPARE(behaves(SplitBehaviour::Removed), std::string("|the|final|countdown"));
        QCOMPARE(behaves(SplitBehaviour::Isolated), std::string("|the|-|final|-|-|countdown"));
        QCOMPARE(behaves(SplitBehaviour::MergedWithPrevious), std::string("|the-|final-|-|countdown"));
        QCOMPARE(behaves(SplitBehaviour::MergedWithNext), std::string("|the|-final|-|-countdown"));
        QCOMPARE(behaves(SplitBehaviour::Contiguous), std::string("|the|-|final|--|countdown"));
        QCOMPARE(behaves(SplitBehaviour::Removed, true), std::string("|-|-|-"));
    }

    void whiteSpaceIsUnicodesAndNotThatOfPcre()
    {
        PreTokenizer preTokenizer;
        preTokenizer.addSplit(Pattern::regex("\\s"), SplitBehaviour::Removed);
        QCOMPARE(words(preTokenizer, "a\xc2\x85" "b\xe3\x80\x80" "c\xe1\xa0\x8e" "d\xe2\x80\x8b" "e"),
                 std::string("|a|b|c\xe1\xa0\x8e" "d\xe2\x80\x8b" "e"));
    }

    void metaspaceMarksWordsAndTheBeginning()
    {
        PreTokenizer preTokenizer;
        preTokenizer.addMetaspace("_", PreTokenizer::Prepend::First, true);
        QCOMPARE(words(preTokenizer, "Hey  my friend"), std::string("|_Hey|_|_my|_friend"));
        TextStore store;
        QCOMPARE(preTokenizer.split("Hey", false, store).at(0).text, std::string_view("Hey"));
    }

    void normalFormsAndMarks()
    {
        Normalizer normalizer;
        normalizer.addForm(Normalizer::Form::Nfd);
        normalizer.addStripAccents();
        normalizer.addLowercase();
        normalizer.addStrip(true, true);
        QCOMPARE(normalizer.apply(" \xc3\x89t\xc3\xa9 \xce\xa3 "), std::string("ete \xcf\x83"));
        Normalizer compatible;
        compatible.addForm(Normalizer::Form::Nfkc);
        QCOMPARE(compatible.apply("\xef\xac\x81\xc2\xbd" "e\xcc\x81"), std::string("fi1\xe2\x81\x84" "2\xc3\xa9"));
    }
};

QTEST_APPLESS_MAIN(TestPreTokenize)
#include "tst_pre_tokenize.moc"
