using System.Diagnostics.CodeAnalysis;

namespace Plimsoll.Registry;

/// <summary>
/// Remembers at most a fixed number of things and forgets the oldest first, so that hostile or merely many names cannot fill the memory.
/// Everything remembered here is an optimisation: forgetting costs one more request.
/// </summary>
internal sealed class BoundedMemory<TKey, TValue>(int capacity)
    where TKey : notnull
{
    private readonly Lock gate = new();
    private readonly Dictionary<TKey, LinkedListNode<(TKey Key, TValue Value)>> nodes = [];
    private readonly LinkedList<(TKey Key, TValue Value)> oldestFirst = new();

    public int Count
    {
        get
        {
            lock (gate)
            {
                return nodes.Count;
            }
        }
    }

    /// <summary>A copy, oldest first.</summary>
    public IReadOnlyList<TValue> Values
    {
        get
        {
            lock (gate)
            {
                return [.. oldestFirst.Select(entry => entry.Value)];
            }
        }
    }

    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        lock (gate)
        {
            if (nodes.TryGetValue(key, out var node))
            {
                value = node.Value.Value;
                return true;
            }

            value = default;
            return false;
        }
    }

    public void Set(TKey key, TValue value)
    {
        lock (gate)
        {
            Remove_NeedsLock(key);
            nodes[key] = oldestFirst.AddLast((key, value));
            if (nodes.Count > capacity)
            {
                Remove_NeedsLock(oldestFirst.First!.Value.Key);
            }
        }
    }

    public void Remove(TKey key)
    {
        lock (gate)
        {
            Remove_NeedsLock(key);
        }
    }

    private void Remove_NeedsLock(TKey key)
    {
        if (nodes.Remove(key, out var node))
        {
            oldestFirst.Remove(node);
        }
    }
}
