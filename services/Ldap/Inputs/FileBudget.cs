using Integration.Contracts;
using Integration.Errors;

namespace Integration.Ldap.Inputs;

/// <summary>What the files of one request may have together, in bytes: they are in memory as a whole.</summary>
internal sealed class FileBudget(int most)
{
    private long _taken;

    /// <exception cref="Errors.DataErrorException">They are too many by now; the message names the field.</exception>
    public void Take(FileReference file, string field)
    {
        _taken += file.Size;
        if (_taken > most)
            throw InvalidInput.At(field, $"is too much: files may have {most} bytes together (Ldap__MaxFileBytes).");
    }
}
