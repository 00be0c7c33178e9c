using Integration.Contracts;

namespace Integration.Ldap.Values;

/// <summary>An entry as a process gets it.</summary>
/// <param name="Dn">Its name.</param>
/// <param name="Attributes">
/// The values of each attribute that are texts, always as a list. The names are written as the task wrote them.
/// </param>
/// <param name="Binary">The values of each attribute that are bytes, in base64, always as a list.</param>
/// <param name="Files">The same as file references, when a file store was named.</param>
internal sealed record FoundEntry(
    string Dn,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Attributes,
    IReadOnlyDictionary<string, IReadOnlyList<string>>? Binary = null,
    IReadOnlyDictionary<string, IReadOnlyList<FileReference>>? Files = null
);
