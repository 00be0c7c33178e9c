using Integration.Contracts;
using Integration.Errors;

namespace Integration.Ldap.Values;

/// <summary>How much an operation may hand out, so that it fits into an event and memory is bounded.</summary>
[Raises(
    ErrorCategory.Volumetric,
    "answer-too-large",
    "What was found does not fit into an event.",
    "Ask for fewer attributes, narrow the filter, or name a `fileStore`."
)]
internal sealed class AnswerBudget(int most)
{
    private long _taken;

    public void Take(FoundEntry entry)
    {
        _taken += EntryWriter.SizeOf(entry);
        if (_taken > most)
            throw new VolumetricErrorException(
                "answer-too-large",
                $"What was found has more than {most} bytes (Ldap__MaxAnswerBytes). Ask for fewer attributes, narrow the filter, or "
                    + "name a fileStore."
            );
    }
}
