namespace Integration.ProcessCore.Bpmn;

/// <summary>Why a definition is not taken.</summary>
/// <param name="Element">Id of the element, or its line where it has none.</param>
/// <param name="Reason">What is wrong with it.</param>
/// <param name="WayOut">What to change.</param>
internal sealed record Problem(string Element, string Reason, string WayOut);

/// <summary>Something that is taken and has no effect here, though it may have one elsewhere.</summary>
/// <param name="Element">Id of the element.</param>
/// <param name="Text">What has no effect, and what to use instead.</param>
internal sealed record Notice(string Element, string Text);
