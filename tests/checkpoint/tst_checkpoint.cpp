// SPDX-License-Identifier: GPL-3.0-or-later
#include "checkpoint/checkpoint.h"

#include "base/error.h"
#include "base/half.h"
#include "checkpoint/make_files.h"
#include "test_data.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace halftone;

class TestCheckpoint : public QObject
{
    Q_OBJECT
private slots:
    void opensTheGgufModelOfTheSharedData()
    {
        HALFTONE_NEED_DATA(path, "model-stories260k-gguf/stories260K.gguf");
        const auto model = Checkpoint::open(path);
        QCOMPARE(model->format(), QStringLiteral("gguf"));
        QCOMPARE(model->metadata()["llama.block_count"], 5);
        QCOMPARE(model->metadata()["tokenizer.ggml.tokens"].size(), std::size_t{512});
        QVERIFY(model->config().is_null());
        QVERIFY(model->folder().isEmpty());
        const auto& tensor = model->require(QStringLiteral("token_embd.weight"));
        QCOMPARE(tensor.shape, (std::vector<std::int64_t>{512, 64}));
        QCOMPARE(model->readMatrix(tensor).rows(), Index{512});
        QVERIFY(model->readMatrix(tensor).allFinite());
    }
    void opensTheFolderOfTheSharedData()
    {
        HALFTONE_NEED_DATA(path, "model-tinystories-656k-llama-safetensors");
        const auto model = Checkpoint::open(path);
        QCOMPARE(model->format(), QStringLiteral("huggingface"));
        QVERIFY(model->config().contains("hidden_size"));
        QVERIFY(!model->tensors().empty());
        QVERIFY(model->readMatrix(model->tensors().front()).allFinite());
        const auto lone = Checkpoint::open(path + QStringLiteral("/model.safetensors"));
        QCOMPARE(lone->format(), QStringLiteral("safetensors"));
        QCOMPARE(lone->config(), model->config());
        QCOMPARE(lone->tensors().size(), model->tensors().size());
    }
};

QTEST_APPLESS_MAIN(TestCheckpoint)
#include "tst_checkpoint.moc"
