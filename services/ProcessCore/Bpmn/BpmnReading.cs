using System.Xml.Linq;
using Integration.ProcessCore.Definitions;

namespace Integration.ProcessCore.Bpmn;

/// <summary>What came of reading a file.</summary>
/// <param name="Model">The process; null when there is a problem.</param>
/// <param name="Problems">All of them, in the order of the file.</param>
/// <param name="Notices">What was passed over.</param>
internal sealed record BpmnReading(ProcessModel? Model, IReadOnlyList<Problem> Problems, IReadOnlyList<Notice> Notices);

/// <summary>Collects what a reading finds.</summary>
internal sealed class Findings
{
    private readonly List<Problem> _problems = [];
    private readonly List<Notice> _notices = [];

    public IReadOnlyList<Problem> Problems => _problems;

    public IReadOnlyList<Notice> Notices => _notices;

    public void Refuse(string element, string reason, string wayOut) =>
        _problems.Add(new Problem(element, reason, wayOut));

    public void Refuse(XElement element, string reason, string wayOut) => Refuse(element.Place(), reason, wayOut);

    public void Note(XElement element, string text) => _notices.Add(new Notice(element.Place(), text));
}
