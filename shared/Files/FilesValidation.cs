using Microsoft.Extensions.Options;

namespace Integration.Files;

/// <summary>Checks the stores at start, each by its kind.</summary>
internal sealed class FilesValidation(IEnumerable<IFileStoreKind> kinds) : IValidateOptions<FilesOptions>
{
    public ValidateOptionsResult Validate(string? name, FilesOptions options)
    {
        var problems = options.Stores.SelectMany(store => Problems(store.Key, store.Value)).ToList();
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private IEnumerable<string> Problems(string name, FileStoreOptions options)
    {
        var settings = $"{FilesOptions.Section}__{nameof(FilesOptions.Stores)}__{name}";
        return
            kinds.FirstOrDefault(kind => kind.Name.Equals(options.Kind, StringComparison.OrdinalIgnoreCase))
                is { } found
            ? found.Problems(settings, options)
            :
            [
                $"{settings}__{nameof(options.Kind)}: '{options.Kind}' is no kind of store that this service knows. Known are: "
                    + $"{string.Join(", ", kinds.Select(kind => kind.Name))}.",
            ];
    }
}
