using System.Xml.Linq;
using Integration.ProcessCore.Definitions;

namespace Integration.ProcessCore.Bpmn;

/// <summary>What came of reading a file.</summary>
/// <param name="Models">The executable processes in the order of the file; empty when there is a problem.</param>
/// <param name="Problems">All of them, in the order of the file.</param>
/// <param name="Notices">What was passed over.</param>
internal sealed record BpmnReading(
    IReadOnlyList<ProcessModel> Models,
    IReadOnlyList<Problem> Problems,
    IReadOnlyList<Notice> Notices
)
{
    /// <summary>The first process; null when there is a problem.</summary>
    public ProcessModel? Model => Models.Count == 0 ? null : Models[0];
}

/// <summary>Collects what a reading finds.</summary>
/// <param name="isStored">
/// Whether the definition was deployed before, perhaps by another release: rules that have been added since are not applied to it, as its
/// instances go on.
/// </param>
internal sealed class Findings(bool isStored = false)
{
    private readonly List<Problem> _problems = [];
    private readonly List<Notice> _notices = [];

    public IReadOnlyList<Problem> Problems => _problems;

    public IReadOnlyList<Notice> Notices => _notices;

    public bool IsStored => isStored;

    public void Refuse(string element, string reason, string wayOut) =>
        _problems.Add(new Problem(element, reason, wayOut));

    public void Refuse(XElement element, string reason, string wayOut) => Refuse(element.Place(), reason, wayOut);

    public void Note(string element, string text) => _notices.Add(new Notice(element, text));

    public void Note(XElement element, string text) => Note(element.Place(), text);
}
