// SPDX-License-Identifier: GPL-3.0-or-later
#include "panes/inspector.h"

#include "panes/ratio_preview.h"
#include "panes/recipe_menu.h"
#include "panes/start_pane.h"
#include "panes/text_choices.h"
#include "quantize/quantizers.h"
#include "recipe_command.h"
#include "session.h"
#include "widgets/parameter_form.h"

#include <QComboBox>
#include <QDragEnterEvent>
#include <QLabel>
#include <QMimeData>
#include <QPushButton>
#include <QScrollArea>
#include <QTabBar>
#include <QToolButton>
#include <QVBoxLayout>

namespace halftone {

namespace {

QLabel* heading(const QString& text)
{
    auto* label = new QLabel(text);
    QFont font = label->font();
    font.setBold(true);
    label->setFont(font);
    return label;
}

QString recipeIn(const QMimeData& data)
{
    const QList<QUrl> urls = data.urls();
    const bool one = urls.size() == 1 && urls.first().isLocalFile();
    return one && urls.first().path().endsWith(QLatin1String(".json"), Qt::CaseInsensitive) ? urls.first().toLocalFile()
                                                                                           : QString();
}

} // namespace

Inspector::Inspector(Session& session, QWidget* parent)
    : QWidget(parent), m_session(session), m_scope(new QTabBar), m_scopeText(new QLabel),
      m_copies(new QWidget), m_method(new QComboBox), m_form(new ParameterForm),
      m_preview(new RatioPreview(session)), m_foot(new StartPane(session)),
      m_menu(new RecipeMenu(
          session, [this] { return commandFor(m_session.recipe(), m_foot->out(), m_foot->budget()); }, this))
{
    setMinimumWidth(280);
    setAcceptDrops(true);
    m_method->setAccessibleName(tr("Method"));
    m_method->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    for (const Quantizer* method : quantizers()) {
        m_method->addItem(method->title(), method->id());
        m_method->setItemData(m_method->count() - 1, method->paper(), Qt::ToolTipRole);
    }
    auto* top = new QHBoxLayout;
    top->addWidget(heading(tr("Recipe")), 1);
    top->addWidget(makeRecipeMenu());
    auto* content = new QWidget;
    auto* rows = new QVBoxLayout(content);
    rows->setContentsMargins(12, 8, 12, 8);
    rows->setSpacing(8);
    rows->addLayout(top);
    rows->addWidget(makeScope());
    rows->addWidget(m_method);
    rows->addWidget(m_form);
    rows->addWidget(new TextChoices(m_session));
    rows->addSpacing(8);
    rows->addWidget(m_preview);
    rows->addStretch(1);
    auto* scroll = new QScrollArea;
    scroll->setWidget(content);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(scroll, 1);
    layout->addWidget(m_foot);
    rebuildForm();
    connectAll();
}

void Inspector::connectAll()
{
    connect(m_method, &QComboBox::activated, this,
            [this] { m_session.setMethod(m_method->currentData().toString()); });
    connect(m_form, &ParameterForm::changed, &m_session, &Session::setSetting);
    connect(m_form, &ParameterForm::resetWanted, &m_session, &Session::resetSetting);
    connect(m_form, &ParameterForm::dragBegan, &m_session, &Session::beginDrag);
    connect(m_form, &ParameterForm::dragEnded, &m_session, &Session::endDrag);
    connect(m_scope, &QTabBar::currentChanged, this, [this](int index) { m_session.setScope(Scope(index)); });
    connect(m_foot, &StartPane::sweepWanted, this, &Inspector::sweepWanted);
    connect(&m_session, &Session::recipeChanged, this, &Inspector::showRecipe);
    connect(&m_session, &Session::scopeChanged, this, &Inspector::showScope);
    connect(&m_session, &Session::selectionChanged, this, &Inspector::showScope);
}

QWidget* Inspector::makeScope()
{
    for (const QString& title : {tr("Model"), tr("Kind"), tr("Layer")})
        m_scope->addTab(title); // in the order of Scope
    m_scope->setAccessibleName(tr("What the settings are for"));
    m_scope->setObjectName(QStringLiteral("scope"));
    m_scope->setExpanding(true);
    m_scope->setDrawBase(false);
    m_scopeText->setForegroundRole(QPalette::PlaceholderText);
    m_scopeText->setWordWrap(true);
    auto* toKind = new QPushButton(tr("Copy to every block"));
    toKind->setObjectName(QStringLiteral("copyToKind"));
    toKind->setToolTip(tr("What is set for this layer alone holds for its kind in every block"));
    auto* toBlock = new QPushButton(tr("To this block"));
    toBlock->setObjectName(QStringLiteral("copyToBlock"));
    toBlock->setToolTip(tr("What is set for this layer alone holds for the other layers of its block"));
    auto* copies = new QHBoxLayout(m_copies);
    copies->setContentsMargins(0, 0, 0, 0);
    copies->addWidget(toKind, 1);
    copies->addWidget(toBlock);
    connect(toKind, &QPushButton::clicked, &m_session, &Session::copyOverridesToKind);
    connect(toBlock, &QPushButton::clicked, &m_session, &Session::copyOverridesToBlock);
    auto* scope = new QWidget;
    auto* rows = new QVBoxLayout(scope);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(4);
    rows->addWidget(m_scope);
    rows->addWidget(m_scopeText);
    rows->addWidget(m_copies);
    return scope;
}

QToolButton* Inspector::makeRecipeMenu()
{
    auto* button = new QToolButton;
    button->setText(tr("⋯"));
    button->setObjectName(QStringLiteral("recipeMenu"));
    button->setAccessibleName(tr("Open, save, copy the recipe; undo"));
    button->setToolTip(button->accessibleName());
    button->setFocusPolicy(Qt::TabFocus);
    button->setPopupMode(QToolButton::InstantPopup);
    button->setMenu(m_menu);
    return button;
}

void Inspector::rebuildForm()
{
    m_shownMethod = m_session.recipe().method;
    m_method->setCurrentIndex(m_method->findData(m_shownMethod));
    m_form->setParameters(quantizer(m_shownMethod).parameters(), m_session.recipe().settings);
    showScope();
}

void Inspector::showRecipe()
{
    if (m_session.recipe().method != m_shownMethod) {
        rebuildForm();
        return;
    }
    const ScopePlace place = m_session.scopePlace();
    m_form->showSettings(settingsAt(m_session.recipe(), place));
    m_form->mark([&](const QString& parameter) { return overrides(m_session.recipe(), place, parameter); });
    bool own = false;
    for (const LayerOverride& o : m_session.recipe().overrides)
        own = own || o.layers == place.pattern;
    m_copies->setVisible(place.scope == Scope::Layer && own);
}

void Inspector::showScope()
{
    const ScopePlace place = m_session.scopePlace();
    const bool layer = m_session.placeOf(Scope::Layer).scope == Scope::Layer;
    const QSignalBlocker blocker(m_scope);
    m_scope->setTabEnabled(int(Scope::Kind), layer);
    m_scope->setTabEnabled(int(Scope::Layer), layer);
    m_scope->setCurrentIndex(int(place.scope));
    m_scopeText->setText(place.scope == Scope::Model ? tr("All linear layers; kinds and layers may differ")
                         : place.scope == Scope::Kind ? tr("%1: inherits from the model").arg(place.pattern)
                                                      : tr("%1: inherits from its kind").arg(place.pattern));
    m_method->setEnabled(place.scope == Scope::Model);
    showRecipe();
}

void Inspector::dragEnterEvent(QDragEnterEvent* event)
{
    if (!recipeIn(*event->mimeData()).isEmpty())
        event->acceptProposedAction();
    else
        event->ignore();
}

void Inspector::dropEvent(QDropEvent* event)
{
    event->acceptProposedAction();
    m_menu->load(recipeIn(*event->mimeData()));
}

} // namespace halftone
