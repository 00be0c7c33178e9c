using Integration.Errors;

namespace Integration.Rest.Request;

/// <summary>How the body of an answer is handed over when the call is a success.</summary>
/// <param name="As">
/// <c>auto</c>, <c>json</c>, <c>text</c>, <c>xml</c>, <c>base64</c> or <c>file</c>. The default value is file when a store is
/// named, otherwise auto.
/// </param>
/// <param name="Store">The file store that a file is saved to.</param>
/// <param name="Name">
/// What people call the file; kept in the reference. The default value is what the target says in <c>Content-Disposition</c>,
/// otherwise the end of the path.
/// </param>
/// <param name="Lists">
/// Of XML: names of elements that are lists even where there is one of them, so that a process meets the same shape each time.
/// </param>
public sealed record AnswerForm(
    AnswerKind? As = null,
    string? Store = null,
    string? Name = null,
    IReadOnlyList<string>? Lists = null
)
{
    internal static AnswerForm Default { get; } = new();

    internal AnswerKind Kind => As ?? (Store is null ? AnswerKind.Auto : AnswerKind.File);

    internal static AnswerForm Checked(AnswerForm? form)
    {
        if (form is null)
            return Default;
        if (form is { Kind: AnswerKind.File, Store: null })
            throw InvalidInput.At("answer.store", "is missing: name the file store that the answer is saved to.");
        if (form.Kind != AnswerKind.File && form.Store is not null)
            throw InvalidInput.At("answer.store", "is for answers as 'file' only. Remove it, or as.");
        if (form.Kind != AnswerKind.File && form.Name is not null)
            throw InvalidInput.At("answer.name", "is for answers as 'file' only. Remove it, or set as to file.");
        if (form.Kind != AnswerKind.Xml && form.Lists is not null)
            throw InvalidInput.At("answer.lists", "is for answers as 'xml' only. Remove it, or set as to xml.");
        return form;
    }
}
